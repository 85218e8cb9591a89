/** Forms of paging by their names, as `settings.paging` and `--paging` take them. */
import { type FormName, type PagingForm, pagingForms } from './paging-forms.ts';

/** The form of that name. */
export function formCalled(name: FormName): PagingForm {
  const form = pagingForms.find((each) => each.name === name);
  if (form === undefined) throw new TypeError(`no paging form is called ${name}`);
  return form;
}

/** How a list pages: the form, and what its parameter is called where that isn't the usual name. */
export type Paging = { readonly form: PagingForm; readonly parameter: string | null };

/** Reads what `--paging` and `settings.paging` take, `form` or `form:parameter`; null for anything else. */
export function readPaging(text: string): Paging | null {
  const [, name, parameter] = /^([a-z-]+)(?::([A-Za-z_][\w.[\]-]*))?$/.exec(text) ?? [];
  const form = pagingForms.find((each) => each.name === name);
  if (form === undefined || (parameter !== undefined && form.parameters.length === 0)) return null;
  return { form, parameter: parameter ?? null };
}

/** The same as text again. */
export function pagingText({ form, parameter }: Paging): string {
  return parameter === null || parameter === form.parameters[0] ? form.name : `${form.name}:${parameter}`;
}

/** What a form's parameter is called: as it was given, or any of the usual names. */
export function parametersOf({ form, parameter }: Paging): readonly string[] {
  return parameter === null ? form.parameters : [parameter];
}
