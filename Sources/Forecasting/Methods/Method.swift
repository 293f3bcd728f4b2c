/// A way to continue a series.
struct Method: Sendable {
    let name: String
    /// Whether it continues the series with the calendar's effects taken off, which are put back behind it.
    let onCalendar: Bool
    /// `nil` where the past is too short for it.
    let forecast: @Sendable (Past, Int) -> [Double]?

    init(_ name: String, onCalendar: Bool = false, _ forecast: @escaping @Sendable (Past, Int) -> [Double]?) {
        (self.name, self.onCalendar, self.forecast) = (name, onCalendar, forecast)
    }
}

extension Method {
    /// Every method that is tried on every series; none has a setting for one.
    static let pool: [Method] =
        plain
        + plain.filter { ["mean of 4 weeks", "level by profile", "level by profile, lasting", "lags, root", "lags, log, bending"].contains($0.name) }.map {
            Method($0.name + " + calendar", onCalendar: true, $0.forecast)
        }

    private static let plain: [Method] = [
        Method("last number") { SeasonalMethods.naive($0, $1) },
        Method("same slot yesterday") { $0.day > 1 ? SeasonalMethods.naive($0, period: $0.day, $1) : nil },
        Method("same slot last week") { SeasonalMethods.naive($0, period: $0.week, $1) },
        Method("mean of 4 weeks") { SeasonalMethods.mean($0, weeks: 4, $1) },
        Method("median of 8 weeks") { SeasonalMethods.median($0, weeks: 8, $1) },
        Method("level by profile") { LevelByProfile(persistence: 0.7, weeks: 30).forecast($0, $1) },
        Method("level by profile, lasting") { LevelByProfile(persistence: 0.97, weeks: 12).forecast($0, $1) },
        Method("lags, root") { LagRegression(scale: Transform.root, weeksHalfLife: 6, bends: false).forecast($0, $1) },
        Method("lags, log") { LagRegression(scale: Transform.log, weeksHalfLife: 3, bends: false).forecast($0, $1) },
        Method("lags, log, bending") { LagRegression(scale: Transform.log, weeksHalfLife: 8, bends: true).forecast($0, $1) },
        Method("smoothing, damped") { Smoothing.damped($0, season: $0.day == 1 ? $0.week : $0.day, $1) },
        Method("smoothing, damped, no season") { Smoothing.damped($0, season: 1, $1) },
        Method("theta") { Smoothing.theta($0, season: $0.week, $1) },
        Method("double seasonal smoothing") { Smoothing.doubleSeasonal($0, Transform.log(of: $0), $1) },
    ]
}
