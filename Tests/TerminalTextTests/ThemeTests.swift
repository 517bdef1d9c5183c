import Testing

@testable import TerminalText

@Suite struct ThemeTests {
  private func error(_ text: String) -> String? {
    do {
      _ = try Theme(file: text, path: "my.theme")
      return nil
    } catch {
      return error.description
    }
  }

  @Test func aFileChangesTheThemeThatItNames() throws {
    let text = """
      # My own.
      base = light

      error = #ff0000 on 7 bold
      value = bright-blue
      selection = default on cyan underline
      """
    let theme = try Theme(file: text, path: "my.theme")
    #expect(
      theme.look(of: .errorText, colours: 256)
        == TextLook(
          foreground: .rgb(red: 255, green: 0, blue: 0), background: .palette(7), attributes: .bold))
    #expect(theme.look(of: .value, colours: 16) == TextLook(foreground: .palette(12)))
    #expect(
      theme.look(of: .selection, colours: 8)
        == TextLook(background: .palette(6), attributes: .underline))
    #expect(theme.look(of: .keyword, colours: 256) == Theme.light.look(of: .keyword, colours: 256))
    // Without colours only attributes count, and the theme's own ones stay where the file gives none.
    #expect(theme.look(of: .errorText, colours: 0) == TextLook(attributes: .bold))
    #expect(theme.look(of: .value, colours: 0) == .plain)
  }

  @Test(arguments: [
    (
      "value = 1\nnonsense",
      "my.theme, line 2: expected INK = LOOK, such as error = 203 bold, not \"nonsense\"."
    ),
    ("\n\nvalue =", "my.theme, line 3: expected INK = LOOK"),
    ("vaule = 1", "my.theme, line 1: there is no ink \"vaule\"; expected base or one of code, keyword,"),
    ("value = 256", "my.theme, line 1: \"256\" is no look; expected a colour (0 to 255, #rrggbb,"),
    ("value = #12345g", "my.theme, line 1: \"#12345g\" is no look"),
    ("value = red on", "my.theme, line 1: expected a colour after \"on\"."),
    ("base = blue", "my.theme, line 1: expected base = dark, light, mono, not \"blue\"."),
  ])
  func aMistakeIsToldWithItsLine(_ text: String, _ beginning: String) {
    #expect(error(text)?.hasPrefix(beginning) == true, "\(error(text) ?? "no error")")
  }

  @Test func aWishIsAnAutomaticThemeANameOrAFile() throws {
    #expect(try ThemeChoice("auto") { _ in nil } == .automatic)
    #expect(try ThemeChoice("mono") { _ in nil } == .fixed(.mono))
    #expect(try ThemeChoice("x") { $0 == "x" ? "base = mono" : nil } != .automatic)
    #expect(throws: ThemeError.self) { try ThemeChoice("x") { _ in nil } }
  }

  @Test(arguments: [
    (nil, "dark"), ("", "dark"), ("15;0", "dark"), ("0;15", "light"), ("0;default;7", "light"),
    ("0;8", "dark"),
    ("x;y", "dark"),
  ])
  func theEnvironmentTellsTheBackground(_ variable: String?, _ name: String) {
    #expect(ThemeChoice.automatic.theme(colourFGBG: variable).name == name)
    #expect(ThemeChoice.fixed(.mono).theme(colourFGBG: variable) == .mono)
  }

  @Test func theBackgroundDecides() {
    #expect(Theme.suiting(.rgb(red: 253, green: 246, blue: 227)) == .light)
    #expect(Theme.suiting(.rgb(red: 0, green: 0, blue: 255)) == .dark)
    #expect(Theme.suiting(.rgb(red: 0, green: 43, blue: 54)) == .dark)
  }

  @Test func withoutColoursOfItsOwnItHasNone() {
    for role in Style.Role.allCases {
      for colours in [0, 8, 256] {
        let look = Theme.mono.look(of: role, colours: colours)
        #expect(look.foreground == nil && look.background == nil)
      }
    }
  }
}
