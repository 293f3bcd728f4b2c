import Chronicle
import Crypto

/// The page a link opens: it asks whether to go on, and only going on spends the link. Mail scanners open links, and press no buttons.
///
/// The link's word stands behind its `#`, which no browser sends: not to this desk, not to what stands before it, into no log. The page's few lines
/// of script put it into the form; where there is no script, a person can.
enum LinkPage {
    static let path = "/v1/sign-in/link"

    private static let script = """
        const word = location.hash.slice(1)
        if (word) {
          document.getElementById("token").value = word
          document.getElementById("typed").hidden = true
          history.replaceState(null, "", location.pathname)
        }
        """

    /// Read on a phone, by somebody who is upset, by day or by night: large words, one thing to do.
    private static let style = """
        :root { color-scheme: light dark; font: 17px/1.5 system-ui, sans-serif }
        body { max-width: 36rem; margin: 0 auto; padding: 40px 24px }
        h1 { font-size: 1.56rem; line-height: 1.25; margin: 0 0 12px }
        p { margin: 0 0 24px }
        label { display: block; margin-bottom: 8px }
        input, button { font: inherit; box-sizing: border-box; width: 100%; min-height: 48px; padding: 8px 12px; border-radius: 4px }
        input { border: 1px solid; background: Field; color: FieldText }
        button { border: 0; font-weight: 600; cursor: pointer; background: light-dark(oklch(45% 0.13 255), oklch(78% 0.1 255)); color: light-dark(white, black) }
        :focus-visible { outline: 3px solid light-dark(oklch(45% 0.13 255), oklch(78% 0.1 255)); outline-offset: 3px }
        """

    static let text = """
        <!doctype html>
        <html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Your case</title>
        <style>\(style)</style>
        <main>
        <h1>Your case is here</h1>
        <p>This link lets you in once. Press the button when you have time to read; opening this page has not used it up.</p>
        <form method="post" action="\(path)">
        <p id="typed"><label for="token">The part of your link after the # sign</label>
        <input id="token" name="token" required autocomplete="off" spellcheck="false"></p>
        <button>Open my case</button>
        </form>
        </main>
        <script>\(script)</script>
        </html>

        """

    /// Nothing but these lines of script and style is used, and the form goes nowhere else.
    static let contentSecurityPolicy: String = {
        func hash(_ text: String) -> String { "'sha256-\(Base64.encode(Array(SHA256.hash(data: Array(text.utf8)))))'" }
        return "default-src 'none'; script-src \(hash(script)); style-src \(hash(style)); form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    }()
}
