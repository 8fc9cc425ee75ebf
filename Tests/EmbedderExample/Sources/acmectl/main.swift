import Everruns
import EverrunsControl
import EverrunsSeeding

let acme = PlatformPreset(name: "acme", summary: "the platform of Acme") { grade in
  var platform = PlatformDefinition.oss(grade: grade)
  platform.capabilities.unregister("daytona")
  platform.connectionProviders.unregister("daytona")
  return platform
}

var catalog = SeedCatalog.stock
catalog.organization.name = "Acme"
catalog.agents.removeAll { $0.isDevOnly }

let control = Control(
  name: "acmectl", version: "1.0.0", presets: [acme] + PlatformPreset.stock, catalog: catalog,
  commands: [PolicyCommand.command])
control.main()
