import ArgumentParser
@main struct Recourse: AsyncParsableCommand { }
