import Testing

@testable import Runtime

@Suite struct MediaTypeTests {
    @Test(
        "What browsers declare is read",
        arguments: [
            ("image/png", MediaType.png), ("IMAGE/JPG", .jpeg), ("text/plain; charset=utf-8", .plainText), ("audio/x-wav", .wav), ("image/heif", .heic),
        ])
    func declared(_ text: String, _ type: MediaType) { #expect(MediaType(declared: text) == type) }

    @Test("What is not on the list is refused", arguments: ["", "image/svg+xml", "text/html", "application/zip", "application/octet-stream", "png", "../png"])
    func refused(_ text: String) { #expect(MediaType(declared: text) == nil) }
}
