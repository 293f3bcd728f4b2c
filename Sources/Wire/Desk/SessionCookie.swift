/// The cookie by which a browser shows its session.
public enum SessionCookie {
    /// `__Host-`: only this host sets it, over TLS (or on this machine), for every path.
    public static let name = "__Host-recourse"

    /// What makes a browser show the session from now on, to this desk's own pages only.
    public static func setting(_ session: String) -> String { "\(name)=\(session); Path=/; Secure; HttpOnly; SameSite=Strict" }

    /// What makes it forget.
    public static let forgetting = "\(name)=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0"
}
