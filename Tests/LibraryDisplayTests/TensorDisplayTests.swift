import Flambeau
import Testing
