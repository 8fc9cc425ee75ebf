import Foundation
import HTTPTypes
import Hummingbird
import Messages
import NIOCore

extension ServerStartError {
  /// Two routes answer the same requests, or one of them could never be reached.
  init(_ clash: RouteClash) {
    let (route, other) = (clash.route, clash.other)
    let subject = "\(route.name.quoted) of \(route.origin.words)"
    let leavingOut =
      if case .module(let module) = other.origin {
        ", or leave out the module '\(module.rawValue)'"
      } else {
        ""
      }
    switch clash.kind {
    case .samePath:
      self = .routeClash(
        message: "\(subject) is already a route of \(other.origin.words)",
        hint: "choose another path\(leavingOut)")
    case .parameter(let element, let known):
      self = .routeClash(
        message: "\(subject) has \(element.description.quoted) where \(other.name.quoted) of "
          + "\(other.origin.words) has \(known.description.quoted)",
        hint: "use the same name for the parameter, or another path\(leavingOut)")
    }
  }

  /// Two operations have one id.
  init(_ clash: OperationClash) {
    self = .routeClash(
      message: "\(clash.route.name.quoted) and \(clash.other.name.quoted) have the operation id "
        + clash.id.quoted,
      hint: "give one of them another id, or none")
  }

  /// The system refuses to let the server listen.
  init(_ error: IOError, at address: ServerAddress) {
    self =
      switch error.errnoCode {
      case EADDRINUSE: .addressInUse(address)
      case EACCES: .addressNotPermitted(address)
      case EADDRNOTAVAIL: .addressUnknown(address)
      default: .cannotListen(address, reason: String(cString: strerror(error.errnoCode)))
      }
  }
}
