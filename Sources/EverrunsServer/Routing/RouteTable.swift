import HTTPTypes
import Hummingbird

/// All routes of a server, checked for clashes.
struct RouteTable: Sendable {
  let routes: [NotedRoute]

  /// A table of these routes.
  ///
  /// - Throws: ``RouteClash`` if two routes answer the same requests, or name a parameter of the
  ///   same segment differently, so that one of them would never be reached.
  init(_ routes: [NotedRoute]) throws(RouteClash) {
    self.routes = routes
    var places = Places()
    for route in routes {
      try places.add(route)
    }
  }

  /// The methods of the routes with a path that is still percent-encoded; empty if no route has it.
  func methods(of path: String) -> Set<HTTPRequest.Method> {
    let segments = path.split(separator: "/")
    var methods = Set(routes.filter { $0.path.matches(segments) }.map(\.method))
    // The router answers HEAD wherever it answers GET.
    if methods.contains(.get) { methods.insert(.head) }
    return methods
  }
}

extension RouterPath {
  /// Whether a request with these segments is for this path.
  fileprivate func matches(_ segments: [Substring]) -> Bool {
    if components.last == .recursiveWildcard {
      let fixed = components.dropLast()
      return segments.count >= fixed.count && zip(fixed, segments).allSatisfy { $0 ~= $1 }
    }
    return components.count == segments.count && zip(components, segments).allSatisfy { $0 ~= $1 }
  }
}

/// A tree of path segments, with the routes that end there.
private struct Places {
  private var children: [Shape: Child] = [:]
  private var ends: [HTTPRequest.Method: NotedRoute] = [:]

  /// The children of a segment.
  private struct Child {
    let element: RouterPath.Element
    /// The first route with the segment.
    let route: NotedRoute
    var places = Places()
  }

  /// What a segment matches, regardless of its parameter's name.
  private enum Shape: Hashable {
    case one(String)
    case any
    case rest
  }

  mutating func add(_ route: NotedRoute) throws(RouteClash) {
    try add(route, route.path.components[...])
  }

  private mutating func add(
    _ route: NotedRoute, _ rest: ArraySlice<RouterPath.Element>
  ) throws(RouteClash) {
    guard let element = rest.first else {
      if let other = ends[route.method] { throw RouteClash(route, other, .samePath) }
      ends[route.method] = route
      return
    }
    let shape = Self.shape(of: element)
    var child = children[shape] ?? Child(element: element, route: route)
    guard child.element == element else {
      throw RouteClash(route, child.route, .parameter(element, child.element))
    }
    try child.places.add(route, rest.dropFirst())
    children[shape] = child
  }

  private static func shape(of element: RouterPath.Element) -> Shape {
    let text = element.description
    if element == .recursiveWildcard { return .rest }
    if element == .wildcard { return .any }
    guard let open = text.firstIndex(of: "{"), let close = text.lastIndex(of: "}") else {
      return .one(text)
    }
    // A parameter may be next to fixed text: `{name}.json`.
    let (before, after) = (text[..<open], text[close...].dropFirst())
    return before.isEmpty && after.isEmpty ? .any : .one("\(before)*\(after)")
  }
}

/// Two routes that clash: one of them would never be reached.
struct RouteClash: Error {
  /// The problem.
  enum Kind {
    /// Both have the method and the path.
    case samePath
    /// A parameter has different names in both.
    case parameter(RouterPath.Element, RouterPath.Element)
  }

  let route: NotedRoute
  let other: NotedRoute
  let kind: Kind

  init(_ route: NotedRoute, _ other: NotedRoute, _ kind: Kind) {
    self.route = route
    self.other = other
    self.kind = kind
  }
}
