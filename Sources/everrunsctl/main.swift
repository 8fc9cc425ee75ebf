import EverrunsControl
import Foundation

let context = Context.process()
exit(Control().run(Array(CommandLine.arguments.dropFirst()), in: context).rawValue)
