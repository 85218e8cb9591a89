import { readSources } from '../files/read.ts';
import { Failure, failure, type Problem } from '../problem.ts';
import { csvRecords } from '../sheet/csv.ts';
import { isFolder } from './edit-targets.ts';

/** The records of a sheet in a file. What can't be read comes with what to do in a spreadsheet. */
export async function readSheetFile(path: string): Promise<string[][]> {
  if (isFolder(path)) throw failure('FILE_UNREADABLE', `${path} is a folder, not a sheet.`, { hint: name });
  try {
    const [source] = await readSources([path]);
    return source === undefined ? [] : csvRecords(source.text, path);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const [first, ...rest] = error.problems.map(
      (each): Problem => ({ ...each, hint: hints[each.code] ?? each.hint }),
    );
    throw first === undefined ? error : new Failure([first, ...rest], { cause: error });
  }
}

const name = 'Name the CSV file with --from.';

const hints: Readonly<Record<string, string>> = {
  FILE_NOT_FOUND: name,
  FILE_UNREADABLE: 'Save it from the spreadsheet as CSV in UTF-8 (in Excel: "CSV UTF-8").',
};
