import Testing

@testable import PythonSandbox

extension RealSandbox {
  /// Checkpoints of sessions that use packages with native parts.
  @Suite struct PackageCheckpointTests {
    private static let sandbox = Sandbox(
      cache: SandboxUnderTest.cache, dependencies: Dependencies(["pandas", "scikit-learn"]),
      environment: SandboxUnderTest.environment)

    private static let another = Sandbox(
      cache: SandboxUnderTest.cache, dependencies: Dependencies(["numpy"]),
      environment: SandboxUnderTest.environment)

    /// A check of a commit leaves it to the long tests: an image with such packages takes most of a minute.
    @Test(.enabled(if: Share.hasLongTests)) func dataModelsAndGeneratorsSurvive() async throws {
      let live = try await SavableInterpreter(sandbox: Self.sandbox)
      #expect(try await live.checkpoint().size < 5_000_000)
      #expect(
        await live(
          """
          import numpy as np, pandas as pd
          from sklearn.linear_model import LinearRegression
          frame = pd.DataFrame({"a": range(1000), "when": pd.date_range("2024-01-01", periods=1000)})
          model = LinearRegression().fit(np.arange(10).reshape(-1, 1), np.arange(10) * 3)
          generator = np.random.default_rng(1); generator.random(5)
          legacy = np.random.RandomState(2); legacy.rand()
          total = lambda factor: factor * frame.a.sum()
          rows = frame.itertuples(); _ = next(rows)
          """) == "None")
      let checkpoint = try await live.checkpoint()
      let question = """
        import scipy.optimize
        (float(total(2)), frame.set_index("when").a.resample("365D").sum().tolist(), model.predict([[7]]).round(6).tolist(),
         generator.random(), legacy.rand(), next(rows).a, frame.merge(frame, on="a").shape,
         round(scipy.optimize.brentq(lambda x: x * x - 2, 0, 2), 6))
        """
      let answer = await live(question)
      #expect(answer.hasPrefix("(999000.0, ["), "\(answer)")
      await live.stop()
      let restored = try await SavableInterpreter(restoring: checkpoint, sandbox: Self.sandbox)
      #expect(await restored(question) == answer)
      // With libraries that were loaded since.
      let second = try await restored.checkpoint()
      await restored.stop()
      for isInPlace in [false, true] {
        let third = try await SavableInterpreter(
          restoring: second, inPlace: isInPlace, sandbox: Self.sandbox)
        #expect(await third("import scipy.stats; scipy.optimize.brentq(lambda x: x, -1, 1)") == "0.0")
        #expect(
          await third("float(total(2)), model.predict([[7]]).round(6).tolist()") == "(999000.0, [21.0])")
        await third.stop()
      }
    }

    @Test func oneOfAnotherImageIsRefused() async throws {
      let live = try await SavableInterpreter()
      let checkpoint = try await live.checkpoint()
      await live.stop()
      let error = await #expect(throws: SandboxError.self) {
        try await SavableInterpreter(restoring: checkpoint, sandbox: Self.another)
      }
      #expect(error?.code == .checkpointUnusable)
      #expect(error?.message == "The checkpoint belongs to a Python with no dependencies.")
    }
  }
}
