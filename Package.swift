// swift-tools-version: 6.2
import PackageDescription

/// Settings of every Swift target: the strictest that the language offers.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .strictMemorySafety(),
  .treatWarning("StrictMemorySafety", as: .error),
]

/// Any target may import these four.
let common: [Target.Dependency] = ["Platform", "Catalog", "Diagnostics", "JSON"]

/// Settings of the evaluator, which is measured in nanoseconds.
///
/// A tenth of its time would go into checks that no two accesses of one property overlap. Debug
/// builds, and so the tests, keep the checks. In one LLVM module, instead of one for each file, the
/// parts of the machine are inlined into its loop wherever they stand.
let evaluator: [SwiftSetting] =
  strict + [
    .unsafeFlags(
      ["-enforce-exclusivity=unchecked", "-Xfrontend", "-enable-single-module-llvm-emission"],
      .when(configuration: .release))
  ]

func library(
  _ name: String, _ dependencies: [Target.Dependency] = [], settings: [SwiftSetting] = strict
) -> Target {
  .target(
    name: name, dependencies: common + dependencies, path: "Sources/\(name)",
    swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], resources: [String] = []) -> Target
{
  .testTarget(
    name: name, dependencies: ["TestSupport"] + dependencies, path: "Tests/\(name)",
    exclude: resources, swiftSettings: strict)
}

let package = Package(
  name: "linnet",
  products: [.executable(name: "linnet", targets: ["linnet"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/attaswift/BigInt", from: "6.0.1"),
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"),
  ],
  targets: [
    // Leaves: any target may import them.
    .target(name: "Platform", swiftSettings: strict),
    .target(name: "Catalog", swiftSettings: strict),
    .target(name: "Diagnostics", swiftSettings: strict),
    .target(name: "JSON", swiftSettings: strict),

    // The language.
    library("Syntax"),
    .systemLibrary(name: "CCounting"),
    library(
      "Runtime", ["Syntax", "CCounting", .product(name: "BigInt", package: "BigInt")],
      settings: evaluator),

    // The engines, which know nothing of the language.
    .target(name: "CKernels", cSettings: [.define("_GNU_SOURCE")]),
    library("Tensors", ["CKernels"]),
    library("Neural", ["Tensors"]),
    library("Plots"),
    library("Insight", ["Neural", "Plots", "Tensors"]),

    // Where they meet, and the session that the three ways in share.
    library("Bindings", ["Runtime", "Syntax", "Tensors", "Neural", "Plots", "Insight"]),
    library("Notebook", ["Bindings", "Runtime", "Syntax"]),

    // The three ways in.
    .systemLibrary(name: "CZeroMQ", providers: [.apt(["libzmq3-dev"])]),
    .systemLibrary(name: "CSodium", providers: [.apt(["libsodium-dev"])]),
    .systemLibrary(name: "CMimalloc", providers: [.apt(["libmimalloc-dev"])]),
    .systemLibrary(name: "CReadline", providers: [.apt(["libreadline-dev"])]),
    library("Jupyter", ["Notebook", "CSodium"]),
    library("ZeroMQ", ["Jupyter", "CZeroMQ"]),
    library("Repl", ["Notebook", "CReadline"]),
    .executableTarget(
      name: "linnet",
      dependencies: common + [
        "Notebook", "Jupyter", "ZeroMQ", "Repl", "CMimalloc",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    // Tests.
    .target(
      name: "TestSupport", dependencies: common, path: "Tests/TestSupport", swiftSettings: strict),
    tests(
      "BindingsTests", ["Bindings", "Catalog", "Notebook", "Platform", "Runtime"],
      resources: ["Golden", "Scripts", "Sessions"]),
    tests("CatalogTests", ["Catalog"]),
    tests("DiagnosticsTests", ["Diagnostics"], resources: ["Golden"]),
    tests("HouseRulesTests", ["JSON", "Platform"]),
    tests("JSONTests", ["JSON"]),
    tests(
      "JupyterTests", ["Jupyter", "JSON", "Notebook", "Platform", "Runtime"],
      resources: ["Golden"]),
    tests("NeuralTests", ["Neural", "Tensors"], resources: ["Fixtures"]),
    tests(
      "NotebookTests",
      ["Notebook", "Bindings", "Catalog", "Diagnostics", "JSON", "Platform", "Runtime"],
      resources: ["Corpus"]),
    tests("PlatformTests", ["Platform"]),
    tests("ReplTests", ["Repl"]),
    tests("PlotsTests", ["Plots"], resources: ["Golden"]),
    tests("InsightTests", ["Insight", "Neural", "Plots"]),
    tests("ZeroMQTests", ["ZeroMQ", "JSON", "Jupyter", "Platform"]),
    tests("RuntimeTests", ["Runtime", "Syntax"], resources: ["Scripts"]),
    tests("SyntaxTests", ["Catalog", "Syntax"], resources: ["Golden"]),
    tests("TensorsTests", ["Catalog", "Platform", "Tensors"]),
  ],
  swiftLanguageModes: [.v6]
)
