import EverrunsDocuments

/// The code of the capability `test_weather`: weather that is made up and always the same.
struct WeatherTools: StockImplementation {
  let id = "test_weather"

  func toolset(_ configuration: JSONObject) -> [any Tool] {
    [
      FunctionTool(
        "get_weather", "Tells the current weather of a place. The weather is fictional.",
        arguments: CurrentWeather.coding, effect: .pure
      ) { request, _ in
        let place = try Place(request.location)
        return .object(
          JSONObject(
            [JSONObject.Member(key: "location", value: .string(place.name))]
              + place.weather(day: 0, in: request.units).members))
      },
      FunctionTool(
        "get_forecast", "Tells the weather of the next days in a place. The weather is fictional.",
        arguments: Forecast.coding, effect: .pure
      ) { request, _ in
        let place = try Place(request.location)
        guard (1...7).contains(request.days) else {
          throw ToolRefusal("'days' must be from 1 to 7, not \(request.days)")
        }
        return [
          "location": .string(place.name),
          "forecast": .array(
            (1...request.days).map { day in
              .object(
                JSONObject(
                  [JSONObject.Member(key: "day", value: .integer(day))]
                    + place.weather(day: day, in: request.units).members))
            }),
        ]
      },
    ]
  }

  private enum Units: String, CaseIterable {
    case celsius
    case fahrenheit
  }

  private struct CurrentWeather: Sendable {
    var location = ""
    var units = Units.celsius

    static let coding = ObjectCoding<CurrentWeather>(
      noun: "request for the weather", blank: CurrentWeather(),
      fields: [
        .required("location", \.location, .text, "The place, such as Zurich."),
        .defaulted("units", \.units, .choice(), "The unit of temperatures."),
      ])
  }

  private struct Forecast: Sendable {
    var location = ""
    var days = 3
    var units = Units.celsius

    static let coding = ObjectCoding<Forecast>(
      noun: "request for a forecast", blank: Forecast(),
      fields: [
        .required("location", \.location, .text, "The place, such as Zurich."),
        .defaulted("days", \.days, .integer, "How many days, 1 to 7."),
        .defaulted("units", \.units, .choice(), "The unit of temperatures."),
      ])
  }

  /// A place with its made-up climate.
  private struct Place {
    let name: String
    private let seed: UInt32

    init(_ text: String) throws(ToolRefusal) {
      guard text.contains(where: { !$0.isWhitespace }) else {
        throw ToolRefusal("'location' is empty; name a place")
      }
      name = text
      // FNV-1a, so that a place has the same weather in every process.
      seed = text.lowercased().utf8.reduce(2_166_136_261) { ($0 ^ UInt32($1)) &* 16_777_619 }
    }

    func weather(day: Int, in units: Units) -> JSONObject {
      let number = (seed &+ UInt32(truncatingIfNeeded: day) &* 2_654_435_761) >> 8
      let celsius = Int(number % 36) - 5
      let skies = ["sunny", "partly cloudy", "cloudy", "rainy", "windy"]
      return [
        "temperature": .integer(units == .celsius ? celsius : celsius * 9 / 5 + 32),
        "units": .string(units.rawValue),
        "conditions": .string(skies[Int(number / 36) % skies.count]),
        "humidity_percent": .integer(30 + Int(number / 180 % 60)),
      ]
    }
  }
}
