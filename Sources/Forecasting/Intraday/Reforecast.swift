/// The rest of a day that has begun: the morning's forecast, moved by how the day has gone so far.
///
/// The day's level is taken as the forecast times a factor of mean 1 that has a gamma distribution; counts are Poisson around it, so what has come moves
/// the factor to (k + came)/(k + told): little at half past nine, nearly all in the afternoon. k is what earlier days' totals showed of how far
/// whole days lie off. The course of the day stays. Recommended by Ibrahim, Ye, L'Ecuyer and Shen (2016).
public struct Reforecast: Sendable {
    public struct Step: Sendable {
        public let stamp: Stamp
        /// Told before the day began.
        public let morning: Double
        /// NaN for slots still to come, and where nothing is known.
        public let came: Double
        /// For slots still to come, by how the day has gone.
        public let now: Double?
    }

    public let steps: [Step]
    /// What the rest of the morning's forecast is multiplied by.
    public let factor: Double
    /// On earlier days, cut at the same hour: the error of the rest of the day over what came in it.
    public let daysTried: Int
    public let wapeMorning: Double?
    public let wapeNow: Double?

    /// The series must end within a day.
    public init(_ series: Series, events: [KnownEvent] = [], daysTried wanted: Int = 20) throws(ForecastRefusal) {
        let day = series.slotsADay
        let open = (0..<series.count).filter(series.isOpen)
        guard let last = open.last, day > 1 else { throw .notWithinADay }
        let today = last / day
        let daySlots = (today * day..<(today + 1) * day).filter(series.isOpen)
        guard last < (daySlots.last ?? last) else { throw .notWithinADay }
        let gone = daySlots.count { $0 <= last }
        let rehearsal = Rehearsal(series, horizon: daySlots.count, events: events, stopwatch: { 0 })
        // The beginnings of earlier days with as many open slots, oldest first, then today's.
        let starts = open.indices.filter { open[$0] % day == daySlots[0] % day && open[$0] / day < today }
        let origins = starts.filter { $0 >= rehearsal.historyMin }.suffix(Backtest.earlierMax) + [open.count - gone]
        let scales = rehearsal.scales(at: Array(origins))
        var chooser = Chooser(isNeverNegative: series.values.allSatisfy { !($0 < 0) })
        var tried: [(TriedOrigin, Choice)] = []
        for (origin, scale) in zip(origins, scales) {
            let one = rehearsal.run(at: origin, scale: scale)
            tried.append((one, chooser.choose(one)))
        }
        guard let (present, choice) = tried.popLast() else { throw .tooShort(have: open.count, need: rehearsal.historyMin) }
        var (morningError, nowError, volume) = (0.0, 0.0, 0.0)
        let judged = tried.suffix(wanted)
        for (index, one) in tried.enumerated() where index >= tried.count - judged.count {
            let shape = Self.shape(tried[..<index])
            let factor = Self.factor(told: one.1.told.prefix(gone), came: one.0.came.prefix(gone), shape)
            for place in gone..<max(gone, one.0.came.count) where !one.0.came[place].isNaN {
                morningError += abs(one.1.told[place] - one.0.came[place])
                nowError += abs(one.1.told[place] * factor - one.0.came[place])
                volume += one.0.came[place]
            }
        }
        factor = Self.factor(told: choice.told.prefix(gone), came: present.came.prefix(gone), Self.shape(tried[...]))
        let moved = factor
        steps = present.slots.indices.map { place in
            Step(
                stamp: series.stamp(present.slots[place]), morning: choice.told[place], came: place < gone ? present.came[place] : .nan,
                now: place < gone ? nil : choice.told[place] * moved)
        }
        daysTried = judged.count
        wapeMorning = volume > 0 ? morningError / volume : nil
        wapeNow = volume > 0 ? nowError / volume : nil
    }

    /// (k + came)/(k + told); only slots with a reading count.
    static func factor(told: some Sequence<Double>, came: some Sequence<Double>, _ shape: Double?) -> Double {
        guard let shape else { return 1 }
        var (toldSum, cameSum) = (0.0, 0.0)
        for (told, came) in zip(told, came) where !came.isNaN {
            toldSum += told
            cameSum += came
        }
        return (shape + cameSum) / (shape + toldSum)
    }

    /// k: 1 over the variance of whole days' ratio of came to told, beyond what Poisson counts alone would show. `nil` with fewer than five days or where
    /// days do not lie further off than that.
    private static func shape(_ days: ArraySlice<(TriedOrigin, Choice)>) -> Double? {
        var (squares, count) = (0.0, 0)
        for (origin, choice) in days {
            var (told, came) = (0.0, 0.0)
            for (one, other) in zip(choice.told, origin.came) where !other.isNaN {
                told += one
                came += other
            }
            guard told > 0 else { continue }
            squares += (came / told - 1) * (came / told - 1) - 1 / told
            count += 1
        }
        guard count >= 5, squares > 0 else { return nil }
        return Double(count) / squares
    }
}
