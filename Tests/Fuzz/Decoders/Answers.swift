import CTerminal
import SystemSupport

@testable import Terminal

/// The terminal's answer is found whatever follows it, and a string of terminfo fits its buffer.
func takeAnswers(_ bytes: [UInt8]) {
  if let end = bytes.indices.first(where: { DeviceAttributes(in: Array(bytes[...$0])) != nil }) {
    let first = DeviceAttributes(in: Array(bytes[...end]))
    require(DeviceAttributes(in: bytes) == first, "what follows the answer changes it")
  }
  takeCapability(bytes)
}

/// The first byte is the buffer's size; a string before it is there already.
private func takeCapability(_ bytes: [UInt8]) {
  let capacity = 1 + Int(bytes.first ?? 0)
  let value = bytes.dropFirst().prefix { $0 != 0 }.map(CChar.init(bitPattern:)) + [0]
  var text = [CChar](repeating: 0, count: capacity)
  for _ in 0..<2 { ct_append_unpadded(&text, capacity, value) }
  let length = strlen(text)
  require(length < capacity, "the text has no end")
  if !value.contains(CChar(bitPattern: UInt8(ascii: "$"))) {
    require(length == min(capacity - 1, 2 * (value.count - 1)), "\(length) bytes are there")
  }
}
