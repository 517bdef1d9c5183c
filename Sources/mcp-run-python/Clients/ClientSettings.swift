import ArgumentParser
import MCP
import MCPRunPython
import SystemPackage
import SystemSupport

/// Programs whose settings name MCP servers.
enum ClientSettings: String, ExpressibleByArgument, CaseIterable {
  case claudeDesktop = "claude-desktop"
  case claudeCode = "claude-code"
  case cursor
  case vscode
  case zed
  case goose
  case codex
  case geminiCLI = "gemini-cli"
  case windsurf

  /// The name that the server has in all settings.
  static let serverName = "python"

  /// The way in which the client is told of a server.
  enum Form {
    /// A member of the object that the root of a JSON file has under this name.
    case json(section: String)
    case toml
    case yaml
    /// The client has a command of its own, which changes the settings.
    case command
  }

  var form: Form {
    switch self {
    case .claudeDesktop, .cursor, .geminiCLI, .windsurf: .json(section: "mcpServers")
    case .vscode: .json(section: "servers")
    case .zed: .json(section: "context_servers")
    case .codex: .toml
    case .goose: .yaml
    case .claudeCode: .command
    }
  }

  /// The client's settings file for all projects of this user; nil for a client with a command of its own.
  ///
  /// - Parameter environment: The variables of the process, with the user's folder.
  func file(_ environment: [String: String]) -> FilePath? {
    guard let home = environment["HOME"].map({ FilePath($0) }), home.isAbsolute else { return nil }
    #if os(macOS)
      let settings = home.appending("Library").appending("Application Support")
      let dotted = home.appending(".config")
    #else
      let dotted = environment["XDG_CONFIG_HOME"].map { FilePath($0) }.flatMap { $0.isAbsolute ? $0 : nil }
      let settings = dotted ?? home.appending(".config")
    #endif
    switch self {
    case .claudeDesktop: return settings.pushing("Claude/claude_desktop_config.json")
    case .claudeCode: return nil
    case .cursor: return home.pushing(".cursor/mcp.json")
    case .vscode: return settings.pushing("Code/User/mcp.json")
    case .zed:
      #if os(macOS)
        return dotted.pushing("zed/settings.json")
      #else
        return settings.pushing("zed/settings.json")
      #endif
    case .goose:
      #if os(macOS)
        return dotted.pushing("goose/config.yaml")
      #else
        return settings.pushing("goose/config.yaml")
      #endif
    case .codex:
      let own = environment["CODEX_HOME"].map { FilePath($0) }.flatMap { $0.isAbsolute ? $0 : nil }
      return (own ?? home.appending(".codex")).appending("config.toml")
    case .geminiCLI: return home.pushing(".gemini/settings.json")
    case .windsurf: return home.pushing(".codeium/windsurf/mcp_config.json")
    }
  }

  /// The settings with this one server in them, as the client has them in its file, or the client's command.
  func text(_ prepared: PreparedEnvironment) -> String {
    switch form {
    case .json(let section):
      JSON.object([section: .object([Self.serverName: entry(prepared)])]).pretty()
    case .toml: toml(prepared).joined(separator: "\n")
    case .yaml: (["extensions:"] + yaml(prepared, indentation: "  ")).joined(separator: "\n")
    case .command:
      (["claude", "mcp", "add", "--scope", "user", Self.serverName, "--", prepared.command]
        + prepared.arguments)
        .map(Self.shellWord).joined(separator: " ")
    }
  }

  /// The client's settings with the server in them: added, or in the place of the former one.
  ///
  /// - Throws: `CommentedJSON.Problem`
  func merged(_ prepared: PreparedEnvironment, into text: String) throws(CommentedJSON.Problem) -> String {
    switch form {
    case .json(let section):
      var settings = CommentedJSON(text)
      try settings.set(Self.serverName, in: section, to: entry(prepared))
      return settings.text
    case .toml: return try mergedTOML(prepared, into: text)
    case .yaml: return try mergedYAML(prepared, into: text)
    case .command: return text
    }
  }

  private func entry(_ prepared: PreparedEnvironment) -> JSON {
    var entry: JSONObject = [:]
    switch self {
    case .vscode: entry["type"] = "stdio"
    case .zed: entry["source"] = "custom"
    case .claudeDesktop, .claudeCode, .cursor, .goose, .codex, .geminiCLI, .windsurf: break
    }
    entry["command"] = .string(prepared.command)
    entry["args"] = .array(prepared.arguments.map { .string($0) })
    return .object(entry)
  }

  // A string of JSON is one of TOML and YAML, too.

  private func toml(_ prepared: PreparedEnvironment) -> [String] {
    [
      "[mcp_servers.\(Self.serverName)]",
      "command = \(JSON.string(prepared.command).text)",
      "args = [\(prepared.arguments.map { JSON.string($0).text }.joined(separator: ", "))]",
    ]
  }

  private func mergedTOML(
    _ prepared: PreparedEnvironment, into text: String
  ) throws(CommentedJSON.Problem) -> String {
    var block = try MarkedBlock(in: text)
    for (_, line) in block.others {
      let bare = line.filter { !" \t\"'".contains($0) }
      if bare.hasPrefix("[mcp_servers.\(Self.serverName)]")
        || bare.hasPrefix("mcp_servers.\(Self.serverName).")
      {
        throw CommentedJSON.Problem(text: "it has a server '\(Self.serverName)' that prepare did not write")
      }
      if bare.hasPrefix("mcp_servers=") {
        throw CommentedJSON.Problem(text: "it has all servers in one line")
      }
    }
    block.set(toml(prepared))
    return block.text
  }

  private func yaml(_ prepared: PreparedEnvironment, indentation: String) -> [String] {
    [
      "\(Self.serverName):",
      "  name: \(Self.serverName)",
      "  description: \"Python in a sandbox\"",
      "  type: stdio",
      "  enabled: true",
      "  cmd: \(JSON.string(prepared.command).text)",
      "  args: [\(prepared.arguments.map { JSON.string($0).text }.joined(separator: ", "))]",
      "  envs: {}",
      "  timeout: 300",
    ].map { indentation + $0 }
  }

  private func mergedYAML(
    _ prepared: PreparedEnvironment, into text: String
  ) throws(CommentedJSON.Problem) -> String {
    let section = "extensions:"
    var block = try MarkedBlock(in: text)
    guard let (number, line) = block.others.first(where: { $0.line.hasPrefix(section) }) else {
      block.set([section] + yaml(prepared, indentation: "  "))
      return block.text
    }
    let rest = line.dropFirst(section.count).trimmingWhitespace()
    guard rest.isEmpty || rest.hasPrefix("#") else {
      throw CommentedJSON.Problem(text: "its extensions stand in one line")
    }
    let after = block.others.drop { $0.number <= number }
    let children = after.prefix { $0.line.isEmpty || $0.line.first.map { " \t#".contains($0) } == true }
    let first = children.first {
      !$0.line.trimmingWhitespace().isEmpty && !$0.line.trimmingWhitespace().hasPrefix("#")
    }
    let indentation = first.map { String($0.line.prefix { $0 == " " }) } ?? "  "
    if children.contains(where: {
      $0.line.filter { !"\"'".contains($0) }.hasPrefix("\(indentation)\(Self.serverName):")
    }) {
      throw CommentedJSON.Problem(text: "it has a server '\(Self.serverName)' that prepare did not write")
    }
    block.set(yaml(prepared, indentation: indentation), after: number, indentation: indentation)
    return block.text
  }

  /// A word as a shell reads it.
  private static func shellWord(_ word: String) -> String {
    let isPlain =
      !word.isEmpty
      && word.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_./=:,@%+".contains($0)) }
    return isPlain
      ? word
      : "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }
}
