/// Room for the wanted fields of one row, used again for each.
final class FieldRoom {
    /// For each column where its field goes, -1 for nowhere.
    let slots: UnsafeMutableBufferPointer<Int16>
    let fields: UnsafeMutableBufferPointer<CSVRows.Field>
    private let places: (caseID: Int, time: Int, start: Int, resource: Int)
    private let activities: UnsafeMutableBufferPointer<Int>

    /// A column may have several roles; it has one place.
    init(_ layout: LogColumns, columns: Int) {
        let slots = UnsafeMutableBufferPointer<Int16>.allocate(capacity: columns)
        slots.initialize(repeating: -1)
        var used = 0
        func place(_ column: Int?) -> Int {
            guard let column else { return 0 }
            if slots[column] < 0 {
                slots[column] = Int16(used)
                used += 1
            }
            return Int(slots[column])
        }
        places = (place(layout.caseID), place(layout.time), place(layout.start), place(layout.resource))
        let keys = layout.activity.map { place($0) }
        activities = .allocate(capacity: keys.count)
        _ = activities.initialize(fromContentsOf: keys)
        self.slots = slots
        fields = .allocate(capacity: used)
        fields.initialize(repeating: CSVRows.Field())
    }

    /// Every column in its order.
    init(all count: Int) {
        slots = .allocate(capacity: count)
        for index in 0..<count { slots.initializeElement(at: index, to: Int16(index)) }
        fields = .allocate(capacity: count)
        fields.initialize(repeating: CSVRows.Field())
        activities = .allocate(capacity: 0)
        places = (0, 0, 0, 0)
    }

    deinit {
        slots.deallocate()
        fields.deallocate()
        activities.deallocate()
    }

    var caseID: CSVRows.Field { fields[places.caseID] }
    var time: CSVRows.Field { fields[places.time] }
    var start: CSVRows.Field { fields[places.start] }
    var resource: CSVRows.Field { fields[places.resource] }

    @inline(__always)
    func activity(_ key: Int) -> CSVRows.Field { fields[activities[key]] }
}
