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
    const [first, ...rest] = error.problems.map((each): Problem => ({ ...each, hint: hintFor(each) }));
    throw first === undefined ? error : new Failure([first, ...rest], { cause: error });
  }
}

const name = 'Name the CSV file with --from.';

/** A file that the system doesn't let anybody read isn't helped by saving it in another form. */
function hintFor({ code, message, hint }: Problem): string {
  if (code === 'FILE_NOT_FOUND') return name;
  if (code !== 'FILE_UNREADABLE' || message.includes('could not be read')) return hint;
  return 'Save it from the spreadsheet as CSV in UTF-8 (in Excel: "CSV UTF-8").';
}
