@testable import Terminal

/// Keys do not depend on the pieces in which their bytes come, and every sequence ends.
func takeKeys(_ bytes: [UInt8]) {
  var whole = KeyDecoder()
  let keys = whole.feed(bytes)
  let isPending = whole.isPending
  let rest = whole.flush()
  for pieces in bytes.cuts {
    var decoder = KeyDecoder()
    let found = pieces.flatMap { decoder.feed($0) }
    require(found == keys, "pieces give \(found), the whole gives \(keys)")
    require(decoder.isPending == isPending, "a sequence is open with pieces, or with the whole")
    require(decoder.flush() == rest, "the open sequence depends on the pieces")
  }
  require(!whole.isPending, "a sequence is open after a pause")
  _ = whole.feed(Array("\u{1b}[201~".utf8))
  var new = KeyDecoder()
  let typed = Array("a".utf8)
  require(whole.feed(typed) == new.feed(typed), "the next key is not what was typed")
  takeText(bytes)
}

/// The line editor's reader takes one byte at a time.
private func takeText(_ bytes: [UInt8]) {
  var decoder = ScalarDecoder()
  var paste = PastedText()
  var scalars = String.UnicodeScalarView()
  func take(_ byte: UInt8) {
    switch decoder.push(byte) {
    case .incomplete: break
    case .scalar(let scalar): scalars.append(scalar)
    case .invalid(let again):
      scalars.append("\u{fffd}")
      if again { take(byte) }
    }
  }
  for byte in bytes { take(byte) }
  if decoder.isPending { scalars.append("\u{fffd}") }
  let text = String(decoding: bytes, as: UTF8.self)
  require(scalars.elementsEqual(text.unicodeScalars), "\(String(scalars)) is not \(text)")
  for scalar in scalars where !paste.isWhole { paste.append(scalar) }
  for scalar in paste.text.unicodeScalars where scalar.properties.generalCategory == .control {
    require(scalar == "\n" || scalar == "\t", "U+\(String(scalar.value, radix: 16)) was pasted")
  }
}
