import Chronicle
import Policies
import Testing

@Suite struct DefaultPackTests {
    @Test("The default pack loads without an error")
    func loads() {
        let errors = DefaultPack.loaded.diagnostics.filter { $0.severity == .error }
        #expect(errors.isEmpty, "\(errors.map(\.description).joined(separator: "\n"))")
        #expect(DefaultPack.loaded.policy != nil)
    }
}
