extension Route {
    static let cases: [Route] = []
    static let deskPages: [Route] = []
}
