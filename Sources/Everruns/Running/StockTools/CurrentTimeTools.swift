import EverrunsDocuments
import Foundation

/// The code of the capability `current_time`.
struct CurrentTimeTools: StockImplementation {
  let id = "current_time"

  func toolset(_ configuration: JSONObject) -> [any Tool] {
    [
      FunctionTool(
        "get_current_time", "Tells the current date and time.", arguments: Arguments.coding,
        effect: .pure
      ) { arguments, context in
        try arguments.answer(at: context.now)
      }
    ]
  }

  /// The arguments of the tool.
  private struct Arguments: Sendable {
    var timeZone: String?
    var format = Format.iso8601

    static let coding = ObjectCoding<Arguments>(
      noun: "request for the time", blank: Arguments(),
      fields: [
        .defaulted(
          "timezone", \.timeZone, .orNull(.text),
          "A time zone of the IANA database, such as Europe/Zurich; UTC if left out."),
        .defaulted("format", \.format, .choice(), "How to write the time."),
      ])

    func answer(at now: Date) throws(ToolRefusal) -> JSONValue {
      let name = timeZone ?? "UTC"
      guard let zone = TimeZone(identifier: name) else {
        throw ToolRefusal(
          "there is no time zone '\(name)'; use a name such as UTC, Europe/Zurich or Asia/Tokyo")
      }
      return [
        format.key: format.value(of: now, in: zone), "format": .string(format.rawValue),
        "timezone": .string(name),
      ]
    }
  }

  private enum Format: String, CaseIterable {
    case iso8601
    case unix
    case human

    var key: String { self == .unix ? "timestamp" : "datetime" }

    func value(of time: Date, in zone: TimeZone) -> JSONValue {
      switch self {
      case .iso8601:
        let style = Date.ISO8601FormatStyle(timeZoneSeparator: .colon, timeZone: zone)
        return .string(time.formatted(style))
      case .unix:
        return .integer(Int(exactly: time.timeIntervalSince1970.rounded(.down)) ?? 0)
      case .human:
        let style = Date.VerbatimFormatStyle(
          format: """
            \(weekday: .wide), \(day: .defaultDigits) \(month: .wide) \(year: .padded(4)), \
            \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\
            \(minute: .twoDigits) \(timeZone: .iso8601(.short))
            """, locale: Locale(identifier: "en_US_POSIX"), timeZone: zone,
          calendar: Calendar(identifier: .gregorian))
        return .string(time.formatted(style))
      }
    }
  }
}
