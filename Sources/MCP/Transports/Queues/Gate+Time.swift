extension Gate {
  /// Waits for the gate to open, but no longer than this, nor past a cancellation.
  ///
  /// - Returns: true when it is open.
  package func passes(within time: Duration) async -> Bool {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await self.pass() }
      group.addTask { try? await Task.sleep(for: time) }
      await group.next()
      group.cancelAll()
    }
    return isOpen
  }
}
