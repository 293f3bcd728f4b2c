public enum PolicyLoader { public static func load(_ files: [PackFile]) -> (policy: Policy?, diagnostics: [Diagnostic]) { (nil, []) } }
