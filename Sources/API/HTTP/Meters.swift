import Synchronization

/// What Prometheus reads: how many requests of which kind ended how, how long they took, and how the desk stands.
///
/// The text exposition format 0.0.4, written here: there is no exporter among the packages that can be had.
final class Meters: Sendable {
    private struct Series: Hashable {
        let operation: String
        let status: Int
    }

    private struct Numbers {
        var requests: [Series: Int] = [:]
        var buckets: [String: [Int]] = [:]
        var seconds: [String: Double] = [:]
    }

    /// Upper bounds in seconds.
    private static let bounds: [Double] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]

    private let numbers = Mutex(Numbers())

    func count(_ operation: String, status: Int, seconds: Double) {
        numbers.withLock { numbers in
            numbers.requests[Series(operation: operation, status: status), default: 0] += 1
            let index = Meters.bounds.firstIndex { seconds <= $0 } ?? Meters.bounds.count
            numbers.buckets[operation, default: [Int](repeating: 0, count: Meters.bounds.count + 1)][index] += 1
            numbers.seconds[operation, default: 0] += seconds
        }
    }

    /// - Parameter gauges: how things stand now: a name, what it says, the value.
    func text(_ gauges: [(name: String, help: String, value: Int64)]) -> String {
        let numbers = numbers.withLock(\.self)
        var lines = ["# HELP recourse_requests_total Requests answered.", "# TYPE recourse_requests_total counter"]
        for (series, count) in numbers.requests.sorted(by: { ($0.key.operation, $0.key.status) < ($1.key.operation, $1.key.status) }) {
            lines.append("recourse_requests_total{operation=\"\(series.operation)\",status=\"\(series.status)\"} \(count)")
        }
        lines += ["# HELP recourse_request_seconds How long requests took.", "# TYPE recourse_request_seconds histogram"]
        for (operation, buckets) in numbers.buckets.sorted(by: { $0.key < $1.key }) {
            var total = 0
            for (index, count) in buckets.enumerated() {
                total += count
                let bound = index < Meters.bounds.count ? "\(Meters.bounds[index])" : "+Inf"
                lines.append("recourse_request_seconds_bucket{operation=\"\(operation)\",le=\"\(bound)\"} \(total)")
            }
            lines.append("recourse_request_seconds_sum{operation=\"\(operation)\"} \(numbers.seconds[operation] ?? 0)")
            lines.append("recourse_request_seconds_count{operation=\"\(operation)\"} \(total)")
        }
        for gauge in gauges {
            lines += ["# HELP recourse_\(gauge.name) \(gauge.help)", "# TYPE recourse_\(gauge.name) gauge", "recourse_\(gauge.name) \(gauge.value)"]
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
