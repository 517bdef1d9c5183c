// Stack traces of JavaScript without the host's folders, and without our own functions: code in the guest can
// read them, and Pyodide puts them into Python's tracebacks.

interface CallSite {
  getFileName(): unknown;
  toString(): string;
}

// These are bound now. Code that runs here later can neither replace them nor see their arguments.
const { bind, call } = Function.prototype;
const free = <F extends (...values: never[]) => unknown>(method: F) =>
  bind.call(call, method) as (self: unknown, ...values: Parameters<F>) => ReturnType<F>;
const indexOf = free(String.prototype.indexOf);
const lastIndexOf = free(String.prototype.lastIndexOf);
const slice = free(String.prototype.slice);
const describe = free(Error.prototype.toString);

/** The folder of our own code, as an address and as a path: a trace may have either. */
const OWN = ((folder) => [folder.href, decodeURIComponent(folder.pathname)])(new URL("..", import.meta.url));

/** From now on a file in a trace has no folder; nothing that runs here can change that. */
export function hideFolders(): void {
  const errors = Error as ErrorConstructor & {
    prepareStackTrace?: (error: Error, sites: CallSite[]) => unknown;
  };
  errors.prepareStackTrace = (_, sites) => sites;
  const [site] = new Error().stack as unknown as CallSite[];
  const { getFileName, toString } = Object.getPrototypeOf(site) as CallSite;
  const [fileOf, textOf] = [free(getFileName), free(toString)];

  const prepareStackTrace = (error: Error, sites: CallSite[]) => {
    let trace = heading(error);
    for (let n = 0; n < sites.length; n++) {
      const file = fileOf(sites[n]);
      if (isOwn(file)) continue;
      trace += `\n    at ${withoutFolder(textOf(sites[n]), file)}`;
    }
    return trace;
  };
  const fixed = { writable: false, configurable: false };
  Object.defineProperty(errors, "prepareStackTrace", { value: Object.freeze(prepareStackTrace), ...fixed });
  // V8 asks whatever has this name.
  Object.defineProperty(globalThis, "Error", { value: Error, ...fixed });
  Reflect.deleteProperty(ErrorEvent.prototype, "filename");
}

function isOwn(file: unknown): boolean {
  return typeof file === "string" && (indexOf(file, OWN[0]) === 0 || indexOf(file, OWN[1]) === 0);
}

function heading(error: Error): string {
  try {
    return describe(error);
  } catch {
    return "Error";
  }
}

/** `text`, in which `file` stands (an address or a path), with the file's name alone. */
export function withoutFolder(text: string, file: unknown): string {
  if (typeof file !== "string" || !(indexOf(file, "file:") === 0 || indexOf(file, "/") === 0)) return text;
  const start = indexOf(text, file);
  if (start < 0) return text;
  return slice(text, 0, start) + slice(file, lastIndexOf(file, "/") + 1) + slice(text, start + file.length);
}
