import Foundation

@testable import Pictures

/// Small pictures of each kind, made by other programs: the file, and its pixels on white.
enum Samples {
  static let all: [(name: String, file: String, pixels: String)] = [
    (
      "colourWithAlpha",
      "iVBORw0KGgoAAAANSUhEUgAAAAUAAAAECAYAAABGM/VAAAAAKUlEQVR4nGNkYGD4b8PA8AgZszAEMDxiYBBHwUiCen"
        + "CMJuj6iIHB9REAacIVf2jvZxgAAAAASUVORK5CYII=",
      "AAAAUh4elzw8zlpa93h4HmQeaXlNp41316Kc+La7PLY8gMF3t8yo4NfO+uPqWvVal/ecx/jO6Prw/PzV"
    ),
    (
      "colour",
      "iVBORw0KGgoAAAANSUhEUgAAAAUAAAAECAIAAADJUWIXAAAAIUlEQVR4nGNkYGCwQUIsDAEMDAzicATn60EQMt+Vgc"
        + "EVAHBBA7oscn2nAAAAAElFTkSuQmCC",
      "AAAAPAAAeAAAtAAA8AAAAFAAPFAXeFAutFBF8FBcAKAAPKAueKBctKCK8KC4APAAPPBFePCKtPDP8PAU"
    ),
    (
      "grey",
      "iVBORw0KGgoAAAANSUhEUgAAAAUAAAAECAAAAABjWKqcAAAAIElEQVR4nGNkEBISEmLUFxURFWHRFxcXl2DRl5KU+g"
        + "sAFfwC2VKynNoAAAAASUVORK5CYII=",
      "AAAAEhISJCQkNjY2SEhILy8vREREWFhYbW1tgYGBXl5edXV1jIyMo6Oju7u7jY2Np6enwMDA2tra19fX"
    ),
    (
      "greyWithAlpha",
      "iVBORw0KGgoAAAANSUhEUgAAAAUAAAAECAQAAADsOj3LAAAAL0lEQVR4nCXCwQnAIBAAsAo3gSinLnH7r5M9pH2UpD"
        + "1v94syDdMQJaW0RDm24/oAqksUoXcYa98AAAAASUVORK5CYII=",
      "AAAALS0tV1dXfHx8np6eR0dHcHBwkpKSsbGxy8vLg4ODpaWlwsLC2dnZ6+vrtbW10NDQ5eXl9PT09/f3"
    ),
    (
      "twoTones",
      "iVBORw0KGgoAAAANSUhEUgAAAAUAAAAEAQAAAABuSMjtAAAAEElEQVR4nGNgYNBgMmD4AQACYAFTpLftGwAAAABJRU"
        + "5ErkJggg==",
      "AAAAAAAAAAAAAAAAAAAAAAAAAAAA////AAAA////AAAA////AAAA////////////////////////////"
    ),
    (
      "indexed",
      "iVBORw0KGgoAAAANSUhEUgAAAAUAAAAEBAMAAAC0HehzAAAAFVBMVEW08Hq0oIoeyB20UEUeUAy0AAAeAAAYw58TAA"
        + "AAGUlEQVR4nGNMe/+b5d77v4xK7/+zMLxnAABJWQgknlyTtAAAAABJRU5ErkJggg==",
      "HgAAHgAAtAAAtAAAtAAAHlAMHlAMtFBFtFBFtFBFHsgdHsgdtKCKtKCKtKCKHsgdHsgdtPB6tPB6tPB6"
    ),
    (
      "indexedWithTransparency",
      "iVBORw0KGgoAAAANSUhEUgAAAAUAAAAEBAMAAAC0HehzAAAAJFBMVEXS8HJ48IrSoKF4oFwe8CMeoBfSUFF4UC4eUA"
        + "zSAAB4AAAeAADAhkwTAAAABHRSTlP///8AQCqp9AAAABlJREFUeJxj3P3uOcvZd69Yzt59x/L+/nsAU3IKmLXJ21YA"
        + "AAAASUVORK5CYII=",
      "HgAAHgAAeAAA0gAA0gAAHlAMHlAMeFAu0lBR0lBRHqAXHqAX////0qCh0qChHvAjHvAjePCKePCK0vBy"
    ),
    (
      "sixteenBits",
      "iVBORw0KGgoAAAANSUhEUgAAAAUAAAAEEAAAAAAzyHbfAAAAEklEQVR4nGNkZGCCAhYuLvxMAAuZAIu0Hk8MAAAAAE"
        + "lFTkSuQmCC",
      "AQEBAwMDBQUFBwcHCQkJCwsLDQ0NDw8PERERExMTFRUVFxcXGRkZGxsbHR0dHx8fISEhIyMjJSUlJycn"
    ),
    (
      "everyFilter",
      "iVBORw0KGgoAAAANSUhEUgAAAAQAAAAFCAIAAADtz9qMAAAAFElEQVR4nGNgYDjhpnGiZ8GJSxknGOWjgHgC+cIAAA"
        + "AySURBVJzPbhWf3U58ZpKPYpCP+iwf9Uw+6iaz3ZYU44PPjDMfbBa8yQKS0QDJuJ24CQCN4hwr8BMQzQAAAABJRU5E"
        + "rkJggg==",
      "AADIRijIjKDI0mjIH1rIZYK7q/qu8cKhPrTIhNyuylSUEBx6XQ7Iozah6a56L3ZTfGjIwpCUCAhgTtAs"
    ),
  ]

  static func bytes(_ base64: String) -> [UInt8] { Array(Data(base64Encoded: base64) ?? Data()) }

  /// The first of that name.
  static func file(_ name: String) -> [UInt8] { bytes(all.first { $0.name == name }?.file ?? "") }
}
