import Foundation
import TerminalText
import Testing

@testable import Repl

/// The screen in typical states, compared with how it looked when it was recorded.
///
/// `RECORD_FRAMES=1 swift test --filter GoldenFrameTests` records anew; read the difference before you commit it.
@Suite struct GoldenFrameTests {
  private static let isRecording = ProcessInfo.processInfo.environment["RECORD_FRAMES"] == "1"

  @Test(.disabled(if: isRecording), arguments: Scene.all)
  func looksAsRecorded(_ scene: Scene) {
    let stage = scene.make()
    #expect("\n" + stage.screen + "\n" == goldenFrames[scene.name].map { "\n" + $0 + "\n" })
  }

  @Test(arguments: Scene.all)
  func everyRowFitsTheScreen(_ scene: Scene) {
    let frame = scene.make().app.frame()
    #expect(frame.rows.count == frame.size.rows)
    for row in frame.rows { #expect(row.width <= frame.size.columns) }
    let scalars = frame.rows.joined().flatMap(\.text.unicodeScalars)
    #expect(!scalars.contains(where: VisibleText.isHazard))
  }

  @Test(.enabled(if: isRecording)) func record() throws {
    var source =
      "// Recorded by GoldenFrameTests.\n// swift-format-ignore-file\n\nlet goldenFrames: [String: String] = [\n"
    for scene in Scene.all {
      let text = scene.make().text.map { $0.isEmpty ? "" : "    " + $0 }.joined(separator: "\n")
      source += "  \"\(scene.name)\": ##\"\"\"\n\(text)\n    \"\"\"##,\n"
    }
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(
      path: "GoldenFrames.swift")
    try (source + "]\n").write(to: file, atomically: true, encoding: .utf8)
  }
}
