import EverrunsControl

Control().main()
