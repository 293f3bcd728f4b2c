// swift-tools-version: 6.1
import PackageDescription

/// Every target of ours: Swift 6 mode (strict concurrency) and no warning let through.
let house: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .unsafeFlags(["-warnings-as-errors"]),
]

/// One library target of the house; imports point down the list in docs/decisions/0001-shape-of-the-house.md.
func floor(_ name: String, on ours: [Target.Dependency] = [], with theirs: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: ours + theirs, swiftSettings: house)
}

/// The tests of one target; they mirror its sources file for file.
func tests(of name: String, with more: [Target.Dependency] = [], resources: [Resource]? = nil) -> Target {
    .testTarget(
        name: "\(name)Tests",
        dependencies: [.byName(name: name), "TestKit"] + more,
        resources: resources,
        swiftSettings: house)
}

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdTLS = Target.Dependency.product(name: "HummingbirdTLS", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let jwt = Target.Dependency.product(name: "JWTKit", package: "jwt-kit")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let nio = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let httpClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "Recourse",
    products: [
        .executable(name: "recourse", targets: ["recourse"]),
        .executable(name: "sandbox-exchange", targets: ["sandbox-exchange"]),
        .library(name: "TestKit", targets: ["TestKit"]),
        .library(
            name: "Desk", targets: ["Chronicle", "Timekeeping", "Policies", "Disputes", "Measures", "EventStorage", "SQLiteStorage", "Intake", "Runtime"]),
        .library(name: "Filling", targets: ["Filling"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        // Without its default traits: neither the configuration library nor all of Foundation.
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    ],
    targets: [
        // The pure core: no input or output, no clock, no chance.
        floor("Chronicle", with: [crypto]),
        floor("Timekeeping", on: ["Chronicle"]),
        floor("Policies", on: ["Chronicle", "Timekeeping"], with: [yams]),
        floor("Disputes", on: ["Chronicle", "Timekeeping", "Policies"]),
        floor("Measures", on: ["Chronicle", "Timekeeping", "Policies", "Disputes"]),
        floor("Intake", on: ["Chronicle", "Timekeeping", "Policies", "Disputes"]),

        // Planning: pure as well, and built with optimisation in debug builds too, for what they compute takes long otherwise.
        .target(name: "Forecasting", dependencies: ["Chronicle", "Timekeeping"], swiftSettings: house + [.unsafeFlags(["-O"], .when(configuration: .debug))]),
        .target(name: "Staffing", swiftSettings: house + [.unsafeFlags(["-O"], .when(configuration: .debug))]),
        floor("RootCauses"),
        floor("ChangeDetection"),
        floor("ProcessMining"),
        // The roster engine. It is optimised in debug builds too: a search that takes a minute would take an hour.
        .target(name: "Rostering", swiftSettings: house + [.unsafeFlags(["-O"], .when(configuration: .debug))]),

        // The shell.
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        floor("Archives", on: ["CZlib"]),
        floor("EventStorage", on: ["Chronicle"], with: [logging]),
        floor("SQLiteStorage", on: ["Chronicle", "EventStorage"], with: [grdb]),
        .systemLibrary(name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
        .target(
            name: "Runtime", dependencies: ["Chronicle", "Timekeeping", "Policies", "Disputes", "Measures", "EventStorage", "CSodium", crypto, logging],
            resources: [.embedInCode("Identity/common-passwords.txt")], swiftSettings: house),

        // The rim: the desk on the network.
        floor("Wire", on: ["Chronicle", "Timekeeping", "Policies", "Disputes", "Measures"], with: [crypto]),
        floor(
            "Correspondence", on: ["Chronicle", "Timekeeping", "Policies", "Disputes", "EventStorage", "Runtime", "Wire"],
            with: [crypto, logging, httpClient, nio, nioSSL]),
        .executableTarget(
            name: "sandbox-exchange",
            dependencies: [
                "Chronicle", "EventStorage", "Runtime", "Wire", "Correspondence", arguments, logging, hummingbird, hummingbirdCore, httpTypes, lifecycle, nio,
            ],
            swiftSettings: house),
        .target(
            name: "API",
            dependencies: [
                "Chronicle", "Timekeeping", "Policies", "Disputes", "Measures", "Intake", "Archives", "EventStorage", "Runtime", "Wire", crypto, logging,
                hummingbird,
                hummingbirdCore,
                hummingbirdTLS, httpTypes, lifecycle, nio, nioSSL, jwt,
            ],
            resources: [.embedInCode("openapi.yaml")], swiftSettings: house),
        .target(
            name: "Console",
            dependencies: ["Chronicle", "Timekeeping", "Policies", "Disputes", "Wire", "RecourseClient", hummingbird, httpTypes, nio, mustache],
            resources: [.embedInCode("Templates"), .embedInCode("Assets"), .embedInCode("Phrases")], swiftSettings: house),
        floor("RecourseClient", on: ["Chronicle", "Timekeeping", "Policies", "Disputes", "Measures", "Wire"], with: [httpClient, nio]),
        .target(
            name: "Filling",
            dependencies: ["Chronicle", "Timekeeping", "Policies", "Disputes", "EventStorage", "SQLiteStorage", "Runtime", logging],
            path: "Benchmarks/Filling",
            swiftSettings: house),
        .executableTarget(
            name: "recourse",
            dependencies: [
                "Chronicle", "Timekeeping", "Policies", "Disputes", "Measures", "Intake", "Archives", "EventStorage", "SQLiteStorage", "Runtime", "Wire",
                "API", "Console", "RecourseClient", "Correspondence", "ProcessMining", "RootCauses", "ChangeDetection", "Forecasting", "Staffing", "Rostering",
                arguments, logging, crypto, yams, hummingbird, httpTypes, nio,
            ],
            swiftSettings: house),

        // Faults: a power loss that can be had at will, and the program that lives through a thousand of them. Neither is shipped.
        .target(name: "PowerLoss", linkerSettings: [.linkedLibrary("sqlite3")]),
        .executableTarget(
            name: "torture",
            dependencies: [
                "PowerLoss", "Chronicle", "Policies", "Disputes", "EventStorage", "SQLiteStorage", "Runtime", arguments, logging, crypto, grdb,
            ],
            swiftSettings: house),

        floor("TestKit", on: ["Chronicle", "Timekeeping", "Policies", "Disputes", "EventStorage"]),
        tests(of: "Chronicle", with: [crypto], resources: [.copy("Vectors")]),
        .testTarget(name: "HouseTests", swiftSettings: house),
        tests(of: "Timekeeping"),
        tests(of: "Policies"),
        tests(of: "Disputes", resources: [.copy("Golden")]),
        tests(of: "RootCauses"),
        tests(of: "ChangeDetection"),
        tests(of: "Measures", with: ["Chronicle", "Timekeeping", "Policies", "Disputes", "Filling"]),
        tests(of: "Rostering"),
        tests(of: "Intake", with: ["Archives", "CZlib"]),
        tests(of: "Forecasting"),
        tests(of: "Staffing"),
        tests(of: "ProcessMining", with: ["Archives"], resources: [.copy("Models")]),
        tests(of: "EventStorage"),
        tests(of: "SQLiteStorage", with: [grdb]),
        tests(of: "Runtime", with: [crypto]),
        tests(
            of: "API",
            with: [
                "Chronicle", "Policies", "Disputes", "EventStorage", "SQLiteStorage", "Runtime", "Wire", "RecourseClient", "Correspondence",
                "sandbox-exchange", yams, logging, crypto, httpClient, nio,
            ], resources: [.copy("Golden")]),
        .testTarget(
            name: "recourseTests", dependencies: ["recourse", "sandbox-exchange", "EventStorage", "Runtime", "SQLiteStorage"], swiftSettings: house),
        // The pages in a real browser: the scripts in Tests/Browser drive the program.
        .testTarget(name: "BrowserTests", dependencies: ["recourse"], swiftSettings: house),
        .testTarget(name: "TortureTests", dependencies: ["torture", "Chronicle", "EventStorage", "SQLiteStorage"], swiftSettings: house),
        tests(of: "Console", with: ["Chronicle", "Policies", "Wire"]),
        tests(of: "Filling", with: ["Chronicle", "EventStorage", "Runtime"]),
    ]
)
