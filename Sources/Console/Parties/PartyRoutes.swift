extension Route {
    static let parties: [Route] = []
}
