// swift-tools-version: 6.2
import PackageDescription

// CI turns warnings into errors; a contributor's build keeps going.
let strict: [SwiftSetting] =
  Context.environment["CI"] == nil ? [] : [.treatAllWarnings(as: .error)]

let settings: [SwiftSetting] =
  [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
  ] + strict

// An executable that is carried away has the libraries inside: another machine may have other releases of them,
// or none. .ci/build-release sets this variable to a folder that has them as archives alone. What pkg-config says
// would be searched before that folder.
let archives = Context.environment["MCP_RUN_PYTHON_ARCHIVES"]
let openSSL: [LinkerSetting] = [.linkedLibrary("ssl"), .linkedLibrary("crypto")]
// An archive does not name the others that it needs, so that they follow it here.
let terminal: [LinkerSetting] =
  archives == nil
  ? [.linkedLibrary("ncursesw")]
  : ["edit", "ncursesw", "tinfo", "bsd", "md"].map { .linkedLibrary($0) }
let carried: [LinkerSetting] =
  archives.map { [.unsafeFlags(["-L\($0)", "-Xclang-linker", "-static-libgcc"])] } ?? []

let deques: Target.Dependency = .product(name: "DequeModule", package: "swift-collections")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let metrics: Target.Dependency = .product(name: "Metrics", package: "swift-metrics")
let orderedCollections: Target.Dependency = .product(
  name: "OrderedCollections", package: "swift-collections")
let subprocess: Target.Dependency = .product(name: "Subprocess", package: "swift-subprocess")
let system: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")

let package = Package(
  name: "mcp-run-python",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "mcp-run-python", targets: ["mcp-run-python"]),
    .library(name: "MCPRunPython", targets: ["MCPRunPython"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0", traits: []),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
  ],
  targets: [
    .target(name: "SystemSupport", dependencies: [system], swiftSettings: settings),
    .target(name: "JSON", dependencies: [orderedCollections], swiftSettings: settings),
    .target(
      name: "MCP", dependencies: ["JSON", "SystemSupport", deques, subprocess, system],
      swiftSettings: settings
    ),
    .target(name: "CConfinement"),
    .target(name: "CMounts"),
    .target(name: "COlderSystems", cSettings: archives == nil ? [] : [.define("CARRIED")]),
    .systemLibrary(
      name: "CZlib", path: "Sources/CZlib", pkgConfig: archives == nil ? "zlib" : nil,
      providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]
    ),
    .target(name: "COpenSSL", linkerSettings: openSSL),
    .target(name: "Hashing", dependencies: ["COpenSSL"], swiftSettings: settings),
    .target(name: "Pictures", dependencies: ["CZlib", "TerminalText"], swiftSettings: settings),
    .executableTarget(name: "embed-files", swiftSettings: settings),
    .plugin(
      name: "GuestFiles", capability: .buildTool(), dependencies: ["embed-files"], path: "Sources/GuestFiles"
    ),
    .target(
      name: "PythonSandbox",
      dependencies: [
        "CConfinement", "CMounts", "Hashing", "JSON", "Pictures", "SystemSupport",
        deques, metrics, subprocess, system,
      ],
      exclude: ["Guest", "Wire/wire.json"],
      resources: [.embedInCode("Runtime/unpack.py"), .embedInCode("runtime.lock")],
      swiftSettings: settings,
      plugins: ["GuestFiles"]
    ),
    .target(name: "RunPythonTool", dependencies: ["JSON", "MCP"], swiftSettings: settings),
    .target(
      name: "RunPythonServer",
      dependencies: [
        "MCP", "Pictures", "PythonSandbox", "RunPythonTool", "SystemSupport", logging, metrics, system,
      ],
      swiftSettings: settings
    ),
    .target(
      name: "MCPHTTP",
      dependencies: [
        "COpenSSL", "Hashing", "MCP", "SystemSupport", deques, logging, metrics, system,
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
        .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ],
      swiftSettings: settings
    ),
    .target(
      name: "MCPRunPython",
      dependencies: ["JSON", "MCP", "RunPythonTool", "SystemSupport", subprocess, system],
      swiftSettings: settings),
    .target(name: "Traffic", dependencies: ["JSON", "MCP", "SystemSupport"], swiftSettings: settings),
    .target(name: "TerminalText", swiftSettings: settings),
    .target(
      name: "Repl",
      dependencies: ["MCP", "Pictures", "RunPythonTool", "SystemSupport", "TerminalText", "Traffic"],
      swiftSettings: settings),
    .systemLibrary(
      name: "CEdit", path: "Sources/CEdit", pkgConfig: archives == nil ? "libedit" : nil,
      providers: [.apt(["libedit-dev"]), .brew(["libedit"])]
    ),
    .target(name: "CTerminal", dependencies: ["CEdit"], linkerSettings: terminal),
    .target(
      name: "Terminal", dependencies: ["CTerminal", "Pictures", "SystemSupport", "TerminalText", system],
      swiftSettings: settings),
    .target(
      name: "ReplShell",
      dependencies: [
        "MCP", "MCPHTTP", "Pictures", "Repl", "RunPythonTool", "SystemSupport", "Terminal", "TerminalText",
        "Traffic", deques, subprocess, system,
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      ],
      swiftSettings: settings
    ),
    .executableTarget(
      name: "mcp-run-python",
      dependencies: [
        "COlderSystems", "MCP", "MCPHTTP", "MCPRunPython", "PythonSandbox", "Repl", "ReplShell",
        "RunPythonServer",
        "RunPythonTool", "SystemSupport", "Terminal", "TerminalText", logging, metrics, system,
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      ],
      swiftSettings: settings, linkerSettings: carried
    ),
    .executableTarget(
      name: "embed-demo", dependencies: ["MCPRunPython"], path: "demos/embed", swiftSettings: settings),
    .testTarget(
      name: "MCPHTTPTests",
      dependencies: [
        "Hashing", "MCPHTTP", "MCP", "SystemSupport", logging,
        .product(name: "CoreMetrics", package: "swift-metrics"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOEmbedded", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ],
      swiftSettings: settings
    ),
    .testTarget(name: "JSONTests", dependencies: ["JSON"], swiftSettings: settings),
    .testTarget(name: "MCPTests", dependencies: ["MCP", "SystemSupport", system], swiftSettings: settings),
    .testTarget(
      name: "MCPRunPythonTests", dependencies: ["MCPRunPython", "mcp-run-python"], swiftSettings: settings),
    .testTarget(name: "PicturesTests", dependencies: ["Pictures", "TerminalText"], swiftSettings: settings),
    .testTarget(
      name: "PythonSandboxTests",
      dependencies: ["CMounts", "JSON", "PythonSandbox", "Pictures", "SystemSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "RunPythonServerTests",
      dependencies: ["RunPythonServer", "RunPythonTool", "MCP", "PythonSandbox", logging],
      swiftSettings: settings),
    .testTarget(name: "RunPythonToolTests", dependencies: ["RunPythonTool", "MCP"], swiftSettings: settings),
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "mcp-run-python", "MCP", "MCPRunPython", "RunPythonTool",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),
    .testTarget(
      name: "ReplShellTests", dependencies: ["ReplShell", "Repl", "Terminal", "TerminalText"],
      swiftSettings: settings),
    .testTarget(name: "TrafficTests", dependencies: ["Traffic", "MCP"], swiftSettings: settings),
    .testTarget(
      name: "ReplTests",
      dependencies: ["Repl", "RunPythonTool", "Traffic", "TerminalText", "MCP", "Pictures"],
      swiftSettings: settings),
    .testTarget(
      name: "SystemSupportTests", dependencies: ["SystemSupport", system], swiftSettings: settings),
    .testTarget(
      name: "TerminalTests",
      dependencies: ["Terminal", "CTerminal", "Pictures", "SystemSupport", "TerminalText", system],
      swiftSettings: settings),
    .testTarget(name: "TerminalTextTests", dependencies: ["TerminalText"], swiftSettings: settings),
  ]
)

// Tests/Fuzz/run sets this variable. The modules that read foreign bytes are then built to be watched by libFuzzer.
if Context.environment["MCP_RUN_PYTHON_FUZZ"] != nil {
  let decoding = [
    "JSON", "MCP", "MCPHTTP", "Pictures", "PythonSandbox", "SystemSupport", "Terminal", "TerminalText",
    "Traffic",
  ]
  for target in package.targets {
    if target.name == "MCPHTTP" {
      // The rest of it needs NIO, which takes minutes to build.
      target.path = "Sources/MCPHTTP/SSE"
      target.dependencies = []
    }
    if target.name == "CTerminal" {
      target.cSettings = [.unsafeFlags(["-fsanitize=address,fuzzer-no-link"])]
    }
    if decoding.contains(target.name) {
      target.swiftSettings = settings + [.unsafeFlags(["-sanitize=address,fuzzer"])]
    }
  }
  package.targets.append(
    .executableTarget(
      name: "fuzz", dependencies: ["CTerminal", system] + decoding.map { .target(name: $0) },
      path: "Tests/Fuzz/Decoders", swiftSettings: settings,
      linkerSettings: [.unsafeFlags(["-sanitize=address"])]))
}
