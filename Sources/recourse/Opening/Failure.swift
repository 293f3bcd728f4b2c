import Archives
import ArgumentParser
import Chronicle
import Disputes
import EventStorage
import Forecasting
import Intake
import Rostering
import Runtime
import SQLiteStorage
import Staffing
import Wire

#if canImport(Glibc)
    import Glibc
#endif

/// Why a command ended without doing what it was asked: one sentence for the person, one exit code for the script.
struct Failure: Error {
    /// 0 is done, 64 a wrong command line (by the argument parser).
    enum Code: Int32 {
        case refused = 1
        /// What is stored is not what was written.
        case damaged = 2
    }

    let sentence: String
    let code: Code

    init(_ sentence: String, code: Code = .refused) {
        self.sentence = sentence
        self.code = code
    }

    /// The failure behind an error of any part of the house; `nil` for what only the argument parser can tell.
    init?(of error: any Error) {
        switch error {
        case let failure as Failure: self = failure
        case let problem as Problem: self.init(problem)
        case let error as DeskError: self.init(desk: error)
        case let error as StoreError: self.init(store: error)
        case let refusal as OpeningRefusal:
            if case .damaged = refusal { self.init("\(refusal)", code: .damaged) } else { self.init("\(refusal)") }
        case let error as SandboxError:
            if case .damaged = error { self.init("\(error)", code: .damaged) } else { self.init("\(error)") }
        case let error as SealingError: self.init("\(error)")
        case let error as VaultError: self.init("\(error)")
        case let error as ExchangeError: self.init("\(error)")
        case let error as Refusal: self.init("\(error)")
        case let refusal as HolderRefusal: self.init("\(refusal)")
        case let refusal as WebhookRefusal: self.init("\(refusal)")
        case let refusal as DoorRefusal: self.init("\(refusal)")
        case let error as ProofError: self.init("\(error)")
        case let error as NoteError: self.init("\(error)")
        case let error as AmountError: self.init("\(error)")
        case let error as ArchiveError: self.init("\(error)")
        case let refusal as ForecastRefusal: self.init("\(refusal)")
        case let refusal as StaffingRefusal: self.init("\(refusal)")
        case let faults as FileFaults: self.init("\(faults)")
        case let refusal as HeaderRefusal: self.init("\(refusal)")
        default: return nil
        }
    }

    /// What a desk answers where something was not done.
    private init(_ problem: Problem) {
        let complaints = (problem.complaints ?? []).map { "\n" + $0 }.joined()
        self.init(problem.detail + complaints, code: problem.code == .fault ? .damaged : .refused)
    }

    private init(desk error: DeskError) {
        if case .store(let error) = error { self.init(store: error) } else { self.init("\(error)") }
    }

    private init(store error: StoreError) {
        if case .damaged = error { self.init("\(error)", code: .damaged) } else { self.init("\(error)") }
    }

    /// Says the sentence and ends the process.
    func leave() -> Never {
        Console.complain("recourse: \(sentence)")
        exit(code.rawValue)
    }
}
