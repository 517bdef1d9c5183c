internal import SystemPackage
import SystemSupport

/// The guest's TypeScript and Python. They are embedded in the executable, and written to the cache, where Deno
/// reads them.
enum GuestCode {
  static let files: [(name: String, bytes: [UInt8])] = [
    ("warden.ts", PackageResources.warden_ts),
    ("bounds.ts", PackageResources.bounds_ts),
    ("guest.ts", PackageResources.guest_ts),
    ("messages.ts", PackageResources.messages_ts),
    ("interrupts.ts", PackageResources.interrupts_ts),
    ("realm.ts", PackageResources.realm_ts),
    ("stacktraces.ts", PackageResources.stacktraces_ts),
    ("fetching.ts", PackageResources.fetching_ts),
    ("module.ts", PackageResources.module_ts),
    ("files.ts", PackageResources.files_ts),
    ("imagefs.ts", PackageResources.imagefs_ts),
    ("pyodide.ts", PackageResources.pyodide_ts),
    ("python.ts", PackageResources.python_ts),
    ("restore.ts", PackageResources.restore_ts),
    ("inplace.ts", PackageResources.inplace_ts),
    ("reach.ts", PackageResources.reach_ts),
    ("undo.ts", PackageResources.undo_ts),
    ("filestate.ts", PackageResources.filestate_ts),
    ("pagestore.ts", PackageResources.pagestore_ts),
    ("pagesums.ts", PackageResources.pagesums_ts),
    ("finalizers.ts", PackageResources.finalizers_ts),
    ("ring.ts", PackageResources.ring_ts),
    ("snapshot.ts", PackageResources.snapshot_ts),
    ("snapshotfile.ts", PackageResources.snapshotfile_ts),
    ("compile.ts", PackageResources.compile_ts),
    ("wrappers.ts", PackageResources.wrappers_ts),
    ("heap.ts", PackageResources.heap_ts),
    ("heapdelta.ts", PackageResources.heapdelta_ts),
    ("headercheck.ts", PackageResources.headercheck_ts),
    ("heapscan.ts", PackageResources.heapscan_ts),
    ("openfiles.ts", PackageResources.openfiles_ts),
    ("hostpipe.ts", PackageResources.hostpipe_ts),
    ("linkage.ts", PackageResources.linkage_ts),
    ("memoryfiles.ts", PackageResources.memoryfiles_ts),
    ("emscripten.ts", PackageResources.emscripten_ts),
    ("worker.ts", PackageResources.worker_ts),
    ("step.ts", PackageResources.step_ts),
    ("resolve.ts", PackageResources.resolve_ts),
    ("build.ts", PackageResources.build_ts),
    ("save.ts", PackageResources.save_ts),
    ("runner.py", PackageResources.runner_py),
    ("preload.py", PackageResources.preload_py),
    ("harmless.py", PackageResources.harmless_py),
    ("seeds.py", PackageResources.seeds_py),
    ("folder.py", PackageResources.folder_py),
    ("images.py", PackageResources.images_py),
    ("figures.py", PackageResources.figures_py),
    ("columns.py", PackageResources.columns_py),
    ("completion.py", PackageResources.completion_py),
    ("imports.py", PackageResources.imports_py),
    ("tracebacks.py", PackageResources.tracebacks_py),
    ("advice.py", PackageResources.advice_py),
    ("source.py", PackageResources.source_py),
    ("values.py", PackageResources.values_py),
    ("waiting.py", PackageResources.waiting_py),
    ("fetching.py", PackageResources.fetching_py),
    ("resolve.py", PackageResources.resolve_py),
    ("transaction.py", PackageResources.transaction_py),
    ("needs.py", PackageResources.needs_py),
    ("build.py", PackageResources.build_py),
  ]

  static let identity = digest(of: files.map(\.bytes), length: 16)

  /// The files by which an image is made: a change to these makes other images.
  ///
  /// A snapshot has the runner in it, and keeps objects that the guest gave to it. Both are among the files.
  static let imageMakers = files.filter { !wardensOwn.contains($0.name) }.map(\.bytes)
  private static let wardensOwn: Set = ["warden.ts", "bounds.ts", "worker.ts", "hostpipe.ts"]

  /// The folder with these files. It is written if it is not there.
  static func folder(in cache: CacheDirectory) async throws -> FilePath {
    let folder = cache.guests.appending(identity)
    try cache.checkOwners(upTo: folder)
    if FileManager.default.fileExists(atPath: folder.string) { return folder }
    try await cache.makeWhole(folder) { temporary in
      do {
        for file in files {
          try Data(file.bytes).write(to: URL(fileURLWithPath: temporary.appending(file.name).string))
        }
      } catch {
        throw cache.unusable(error)
      }
    }
    return folder
  }
}
