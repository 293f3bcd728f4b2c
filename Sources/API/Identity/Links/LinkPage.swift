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
          history.replaceState(null, "", location.pathname)
        }
        """

    static let text = """
        <!doctype html>
        <html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Your case</title>
        <h1>Your case</h1>
        <p>A link lets you in once, and only for a while. Go on when you want to read your case.</p>
        <form method="post" action="\(path)">
        <p><label for="token">What stands in your link behind the #</label>
        <input id="token" name="token" required autocomplete="off" spellcheck="false"></p>
        <p><button>Go on</button></p>
        </form>
        <script>\(script)</script>
        </html>

        """

    /// Nothing but these lines of script runs, and the form goes nowhere else.
    static let contentSecurityPolicy: String = {
        let hash = Base64.encode(Array(SHA256.hash(data: Array(script.utf8))))
        return "default-src 'none'; script-src 'sha256-\(hash)'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    }()
}
