import Chronicle

/// The last stage of loading: does the pack make sense as a whole? Every complaint points at the row that must change.
struct PackCheck {
    let policy: Policy
    let reading: PackReading

    init(_ policy: Policy, _ reading: PackReading) {
        (self.policy, self.reading) = (policy, reading)
    }

    func run() {
        for (_, workflow) in policy.workflows.sorted(by: { $0.key < $1.key }) {
            let graph = WorkflowGraph(workflow)
            checkPaths(graph)
            checkRunningClocks(graph)
            checkTables(of: workflow)
            checkActs(of: workflow)
            checkWaysOut(of: workflow)
            checkLetters(graph)
        }
        checkClocks()
        checkLanguages()
        checkReasons()
        checkRulings()
        checkRoles()
        checkRegimes()
        checkHorizons()
    }

    var log: DiagnosticLog { reading.log }

    /// The kinds of case that go through a workflow, by code.
    func caseTypes(of workflow: WorkflowCode) -> [CaseType] {
        policy.caseTypes.values.filter { $0.workflow == workflow }.sorted { $0.code < $1.code }
    }

    func place(of step: StepCode, in workflow: WorkflowCode) -> PackPlace { reading.place("workflow \(workflow) step \(step)") }
}
