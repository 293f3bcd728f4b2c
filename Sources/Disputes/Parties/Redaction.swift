/// What one side wrote, as the other side reads it: without what only says how to reach or to rob somebody. E-mail addresses, telephone numbers in their
/// international form, card numbers and IBANs are hidden but for what lets two people see that they mean the same one; references of payments stay, as
/// whoever is to find a payment needs them.
public enum Redaction {
    public static func forTheOtherSide(_ text: String) -> String {
        var result: [Character] = []
        var word: [Character] = []
        func flush() {
            result += hidden(String(word)) ?? word
            word = []
        }
        // IBANs and card numbers are written in groups: what belongs together is taken together.
        for run in runs(Array(text)) {
            if let hidden = hiddenRun(run) {
                flush()
                result += hidden
                continue
            }
            for character in run {
                if character.isWhitespace || "()<>[]\"“”,;".contains(character) {
                    flush()
                    result.append(character)
                } else {
                    word.append(character)
                }
            }
        }
        flush()
        return String(result)
    }

    /// Letters and digits of the ASCII kind, with single spaces, hyphens or dots between groups, against everything else.
    private static func runs(_ text: [Character]) -> [[Character]] {
        var runs: [[Character]] = []
        var index = 0
        while index < text.count {
            let isStart = (index == 0 || !isWordy(text[index - 1])) && (isDigit(text[index]) || isCapital(text[index]) || text[index] == "+")
            if isStart, let end = endOfNumber(text, from: index) {
                runs.append(Array(text[index..<end]))
                index = end
            } else {
                if runs.isEmpty || runs[runs.count - 1].first.map({ isDigit($0) || isCapital($0) || $0 == "+" }) == true { runs.append([]) }
                runs[runs.count - 1].append(text[index])
                index += 1
            }
        }
        return runs
    }

    /// The end of the longest card number, IBAN or telephone number that begins here.
    private static func endOfNumber(_ text: [Character], from start: Int) -> Int? {
        var (index, best) = (start, Int?.none)
        var compact: [Character] = []
        while index < text.count, compact.count <= 34 {
            let character = text[index]
            if isDigit(character) || isCapital(character) || (character == "+" && index == start) {
                compact.append(character)
                index += 1
                if index == text.count || !isWordy(text[index]), kind(compact) != nil { best = index }
            } else if " -.".contains(character), index + 1 < text.count, isDigit(text[index + 1]) || isCapital(text[index + 1]), text[index - 1] != " " {
                index += 1
            } else {
                break
            }
        }
        return best
    }

    private enum Kind { case card, iban, telephone }

    private static func kind(_ compact: [Character]) -> Kind? {
        if compact.first == "+" { return 9...16 ~= compact.count && compact.dropFirst().allSatisfy(isDigit) ? .telephone : nil }
        // Payment cards begin with 3 to 6 (ISO/IEC 7812-1); references of payments mostly with their date.
        if 13...19 ~= compact.count, compact.allSatisfy(isDigit), compact.first.map({ "3456".contains($0) }) == true, isLuhn(compact) { return .card }
        guard 15...34 ~= compact.count, compact.prefix(2).allSatisfy(isCapital), compact.dropFirst(2).prefix(2).allSatisfy(isDigit) else { return nil }
        return isIBAN(compact) ? .iban : nil
    }

    private static func hiddenRun(_ run: [Character]) -> [Character]? {
        let compact = run.filter { !" -.".contains($0) }
        guard let first = run.first, isDigit(first) || isCapital(first) || first == "+", kind(compact) != nil else { return nil }
        return Array("•••• ") + compact.suffix(4)
    }

    /// A word that is an e-mail address.
    private static func hidden(_ word: String) -> [Character]? {
        let before = word.prefix { !isWordy($0) }
        let after = String(word.dropFirst(before.count).reversed().prefix { !isWordy($0) }.reversed())
        let core = word.dropFirst(before.count).dropLast(after.count)
        let parts = core.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, let first = parts[0].first, parts[1].dropFirst().contains("."), parts[1].first != "." else { return nil }
        return Array(before) + Array("\(first)•••@•••") + Array(after)
    }

    /// ISO/IEC 7812-1, annex B.
    private static func isLuhn(_ digits: [Character]) -> Bool {
        let sum = digits.reversed().enumerated().reduce(0) { sum, next in
            let digit = next.element.wholeNumberValue ?? 0
            let doubled = next.offset % 2 == 1 ? digit * 2 : digit
            return sum + (doubled > 9 ? doubled - 9 : doubled)
        }
        return sum % 10 == 0
    }

    /// ISO 13616: what is left of 97 must be 1.
    private static func isIBAN(_ compact: [Character]) -> Bool {
        let turned = compact.dropFirst(4) + compact.prefix(4)
        var rest = 0
        for character in turned {
            guard let value = character.isNumber ? character.wholeNumberValue : character.asciiValue.map({ Int($0) - 55 }) else { return false }
            rest = (rest * (value > 9 ? 100 : 10) + value) % 97
        }
        return rest == 1
    }

    private static func isDigit(_ character: Character) -> Bool { character.isASCII && character.isNumber }
    private static func isCapital(_ character: Character) -> Bool { character.isASCII && character.isUppercase }
    private static func isWordy(_ character: Character) -> Bool { character.isLetter || character.isNumber }
}
