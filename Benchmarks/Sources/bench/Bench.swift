import Filling
import Glibc
import Policies

/// The figures of docs/figures.md, each the median of a few runs, with the disk's own rate and the machine beside them.
@main
struct Bench {
    static func main() async {
        do {
            let options = try Options(Array(CommandLine.arguments.dropFirst()))
            switch options.verb {
            case "fill": try await FillStore(options: options).run()
            case "serve": try await ServeStore(options: options).run()
            case "measures": try await MeasureFigures(options: options).run()
            case "prove": try await ProveStore(options: options).run()
            default: try await AllFigures(options: options).run()
            }
        } catch {
            say("\(error)")
            exit(1)
        }
    }
}
