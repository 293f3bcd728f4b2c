extension Route {
    static let cases: [Route] = []
    static let deskPages: [Route] = []
    static let parties: [Route] = []
}
