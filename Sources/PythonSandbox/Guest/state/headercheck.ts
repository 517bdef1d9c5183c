// A checkpoint may come from anywhere, so its words on memory, tables and files are checked before they are
// used. Content that passes can do no more than the code in it could: it stays in the guest's own memory.
import type { MemoryFile } from "./memoryfiles.ts";
import type { Header, Preface } from "./snapshotfile.ts";

/** The most entries of the table. Pyodide's own table has some 14,000, and pandas brings as many. */
const MOST_TABLE_ENTRIES = 1 << 20;

/**
 * The most libraries that code may have loaded besides those of the image's snapshot. All of scipy's are some
 * 110.
 */
const MOST_LIBRARIES = 1000;

/** The most names in a path from JavaScript's global object to an object that Python holds. */
const LONGEST_PATH = 16;

/** The most objects of JavaScript that Python may hold. */
const MOST_HELD = 1 << 16;

/**
 * True when a checkpoint may have these libraries. It is asked before the first one is compiled.
 *
 * @param known the number of libraries in the image's snapshot
 */
export function mayHave(libraries: string[], known: number): boolean {
  return libraries.length <= known + MOST_LIBRARIES && new Set(libraries).size === libraries.length;
}

/**
 * Checks the header of a checkpoint.
 *
 * @param header the header from the file
 * @param known the number of libraries in the image's snapshot
 * @throws when no guest can have written it
 */
export function checkHeader(header: Header, preface: Preface, known: number): void {
  const { memory } = preface;
  const isIndex = (value: unknown, end: number) =>
    Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= end;
  const isText = (value: unknown) => typeof value === "string";
  const isList = <T>(values: T[], is: (value: T) => boolean) => Array.isArray(values) && values.every(is);
  const isFile = ({ path, id, mode, changed, bytes, link }: MemoryFile) =>
    isText(path) && isIndex(id, 0x7fffffff) && isIndex(mode, 0o777777) && Number.isFinite(changed) &&
    (link === undefined ? bytes === undefined || isIndex(bytes, Number.MAX_SAFE_INTEGER) : isText(link));
  const named = preface.libraries.slice(known);
  const checks: Record<string, () => boolean> = {
    "its pages": () => isIndex(header.delta, 2 * memory),
    "its table": () => {
      const { entries, ownEntries, tableLength, got } = header.linkage;
      const isEntry = (index: unknown) => isIndex(index, tableLength - 1);
      return isIndex(tableLength, MOST_TABLE_ENTRIES) && isList(ownEntries, isEntry) &&
        isList(entries, ([index, library, symbol]) => isEntry(index) && isText(library) && isText(symbol)) &&
        Object.values(got).every((value) => Number.isSafeInteger(value));
    },
    "its libraries": () => {
      const { libraries, tableLength } = header.linkage;
      return mayHave(preface.libraries, known) && libraries.length === named.length &&
        libraries.every((library, index) => {
          const { name, memoryBase, memorySize, tableBase, tableSize, handles, needs } = library;
          return named[index] === name && isIndex(memoryBase, memory) && isIndex(memorySize, memory) &&
            isIndex(memoryBase + memorySize, memory) && isIndex(tableBase, tableLength) &&
            isIndex(tableSize, tableLength) && isIndex(tableBase + tableSize, tableLength) &&
            isList(handles, Number.isSafeInteger) && isList(needs, isText);
        });
    },
    "its JavaScript objects": () => {
      const { hiwireKeys, immortalKeys } = header.held;
      return isList(hiwireKeys, isHeld) && isList(immortalKeys, isText) &&
        hiwireKeys.length <= MOST_HELD && immortalKeys.length <= MOST_HELD;
    },
    "its files": () => isText(header.folder) && isList(header.files, isFile),
    "its overlays": () =>
      header.overlays === undefined || isList(header.overlays, ({ at, files, gone }) => {
        return isText(at) && isList(gone, isText) && isList(files, isFile);
      }),
    "its open files": () =>
      isList(header.streams, ({ path, flags, position }) => {
        return isText(path) && isIndex(flags, 0x7fffffff) && isIndex(position, Number.MAX_SAFE_INTEGER);
      }),
  };
  const wrong = Object.keys(checks).find((name) => !holds(checks[name]));
  if (wrong) throw new Error(`the checkpoint is damaged: ${wrong}`);
}

/** A header of another shape throws where it is checked: it is as wrong as one that fails the check. */
function holds(check: () => boolean): boolean {
  try {
    return check();
  } catch {
    return false;
  }
}

/**
 * True for a key in Pyodide's form: a path of names from JavaScript's global object, a name of ours, or its
 * own mark.
 */
function isHeld(key: unknown): boolean {
  if (key === null) return true;
  if (typeof key !== "object") return false;
  const { path, serialized } = key as Record<string, unknown>;
  if (path !== undefined) {
    return Array.isArray(path) && path.length <= LONGEST_PATH &&
      path.every((name) => typeof name === "string");
  }
  return serialized === undefined || typeof serialized === "string";
}
