import ArgumentParser
import Dispatch
import PowerLoss

/// How a life of the writer is to end, as its driver asks for it.
enum PowerMode: String, ExpressibleByArgument, CaseIterable {
    /// Not by a loss of power: whoever started it kills it.
    case kill
    /// Everything unsynchronised is lost.
    case all
    /// Some of it, whatever its order.
    case subset
    /// Some sectors of it.
    case torn

    private var code: Int32? {
        switch self {
        case .kill: nil
        case .all: Int32(POWERLOSS_ALL)
        case .subset: Int32(POWERLOSS_SUBSET)
        case .torn: Int32(POWERLOSS_TORN)
        }
    }

    /// Arms the loss at operation `crashAt` (0: never by itself) and puts the VFS under SQLite. Nothing for `.kill`.
    func arm(seed: UInt64, crashAt: Int64, trash: String, realSync: Bool = false) throws {
        guard let code else { return }
        powerloss_arm(code, seed, crashAt, trash, realSync ? 1 : 0)
        let result = powerloss_register_vfs()
        guard result == 0 else { throw ValidationError("SQLite did not take the VFS (code \(result))") }
    }
}
