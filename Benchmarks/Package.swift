// swift-tools-version: 6.1
import PackageDescription

/// The figures: a package of its own, so that whoever builds Recourse need not build the bench.
let package = Package(
    name: "Benchmarks",
    dependencies: [
        .package(name: "Recourse", path: ".."),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        .executableTarget(
            name: "bench",
            dependencies: [
                .product(name: "Desk", package: "Recourse"), .product(name: "Filling", package: "Recourse"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            swiftSettings: [.swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny"), .unsafeFlags(["-warnings-as-errors"])])
    ]
)
