// Routes are written in Hummingbird's words: whoever imports this module needs them, and should not
// have to depend on that package for it, as Hummingbird itself hands on the types of HTTP.
@_exported public import Hummingbird
