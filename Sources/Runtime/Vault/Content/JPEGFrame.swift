/// Looks for the frame header of a JPEG (ITU-T T.81 §B.2.2) as its bytes go by: the size stands behind any number of other segments.
struct JPEGFrame {
    private enum State {
        case startOfImage(seen: Int)
        case marker
        case code
        case length(code: UInt8, high: UInt8?)
        case frame([UInt8])
        case skipping(bytes: Int)
        case found(PictureSize)
        /// Not a JPEG, or one without a frame header before its data.
        case lost
    }

    private var state = State.startOfImage(seen: 0)

    var size: PictureSize? { if case .found(let size) = state { size } else { nil } }
    var isLost: Bool { if case .lost = state { true } else { false } }

    mutating func read(_ bytes: ArraySlice<UInt8>) {
        var index = bytes.startIndex
        while index < bytes.endIndex {
            switch state {
            case .found, .lost: return
            case .skipping(let count):
                let step = min(count, bytes.endIndex - index)
                index += step
                state = step == count ? .marker : .skipping(bytes: count - step)
            default:
                state = next(bytes[index])
                index += 1
            }
        }
    }

    private func next(_ byte: UInt8) -> State {
        switch state {
        case .startOfImage(0): byte == 0xFF ? .startOfImage(seen: 1) : .lost
        case .startOfImage: byte == 0xD8 ? .marker : .lost
        case .marker: byte == 0xFF ? .code : .lost
        case .code: after(marker: byte)
        case .length(let code, nil): .length(code: code, high: byte)
        case .length(let code, let high?): segment(code, bytes: Int(high) << 8 | Int(byte))
        case .frame(let read): frame(read + [byte])
        case .skipping, .found, .lost: state
        }
    }

    private func after(marker: UInt8) -> State {
        switch marker {
        case 0xFF: .code
        case 0x01, 0xD0...0xD7: .marker
        case 0x00, 0xD8, 0xD9, 0xDA: .lost
        default: .length(code: marker, high: nil)
        }
    }

    private func segment(_ code: UInt8, bytes: Int) -> State {
        guard bytes >= 2 else { return .lost }
        let isFrame = 0xC0...0xCF ~= code && code != 0xC4 && code != 0xC8 && code != 0xCC
        return isFrame ? .frame([]) : bytes == 2 ? .marker : .skipping(bytes: bytes - 2)
    }

    /// Precision, height, width.
    private func frame(_ read: [UInt8]) -> State {
        guard read.count == 5 else { return .frame(read) }
        let size = PictureSize(width: UInt32(read[3]) << 8 | UInt32(read[4]), height: UInt32(read[1]) << 8 | UInt32(read[2]))
        return size.pixels > 0 ? .found(size) : .lost
    }
}
