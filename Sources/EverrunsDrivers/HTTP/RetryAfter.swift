import Everruns

/// How long to wait before the next request to a provider.
enum RetryAfter {
  /// The delay in the headers of a response: `retry-after-ms`, or `retry-after` in seconds or as a
  /// date.
  ///
  /// A date is compared with the response's own `date`, so that the clocks of provider and worker
  /// need not agree: RFC 9110, section 10.2.3.
  static func duration(in response: TransportResponse) -> Duration? {
    if let milliseconds = response.header("retry-after-ms").flatMap(Double.init),
      let duration = duration(seconds: milliseconds / 1000)
    {
      return duration
    }
    guard let text = response.header("retry-after") else { return nil }
    if let seconds = Double(text) { return duration(seconds: seconds) }
    guard let end = date(text), let now = response.header("date").flatMap(date) else { return nil }
    return duration(seconds: max(0, end - now))
  }

  /// A duration such as `30s` or `1.5s`, as Google writes one.
  static func seconds(_ text: String) -> Duration? {
    guard text.hasSuffix("s") else { return nil }
    return Double(text.dropLast()).flatMap { duration(seconds: $0) }
  }

  private static func duration(seconds: Double) -> Duration? {
    guard seconds.isFinite, seconds >= 0 else { return nil }
    // At most a day.
    return .milliseconds(Int((min(seconds, 86_400) * 1000).rounded(.up)))
  }

  /// The seconds of a date such as `Sun, 06 Nov 1994 08:49:37 GMT`, the one form that is sent
  /// today, since the year 0: RFC 9110, section 5.6.7.
  private static func date(_ text: String) -> Double? {
    let form = #/[A-Z][a-z]{2}, (\d{2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) GMT/#
    guard let match = text.wholeMatch(of: form)?.output,
      let day = Int(match.1), let month = months.firstIndex(of: String(match.2)),
      let year = Int(match.3), let hour = Int(match.4), let minute = Int(match.5),
      let second = Int(match.6)
    else { return nil }
    // Counted from March, a leap day is the last day of its year.
    let (y, m) = month < 2 ? (year - 1, month + 10) : (year, month - 2)
    let days = y * 365 + y / 4 - y / 100 + y / 400 + (m * 153 + 2) / 5 + day
    return Double(((days * 24 + hour) * 60 + minute) * 60 + second)
  }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
}
