/// Places the vertices of a directed graph without cycles in layers, sources above what comes of
/// them, with few crossings (Sugiyama's method).
///
/// An edge that spans several layers gets a point in each of those between, so that it runs
/// around the vertices there.
struct LayeredLayout {
    struct Place {
        var x: Double
        var layer: Int
        /// The space it takes.
        var width: Double
        /// Neighbours in the layer above and in the one below.
        var above: [Int] = []
        var below: [Int] = []
    }

    /// Vertices first, then the points of long edges.
    private(set) var places: [Place]
    /// For each edge the places that it runs through, from source to target.
    private(set) var routes: [[Int]] = []
    /// The places of each layer from left to right.
    private(set) var layers: [[Int]]
    private let gap: Double

    /// - Parameters:
    ///   - widths: of the vertices.
    ///   - edges: pairs of source and target.
    ///   - gap: the least space between neighbours.
    init(widths: [Double], edges: [(from: Int, to: Int)], gap: Double) {
        self.gap = gap
        let depths = LayeredLayout.depths(widths.count, edges)
        let deepest = depths.max() ?? 0
        places = zip(widths, depths).map { Place(x: 0, layer: deepest - $1, width: $0) }
        layers = Array(repeating: [], count: deepest + 1)
        for (i, place) in places.enumerated() { layers[place.layer].append(i) }
        for (from, to) in edges { route(from, to) }
        reduceCrossings()
        assignPositions()
    }

    /// The longest way from each vertex to a sink, so that a source stands right above its use.
    private static func depths(_ count: Int, _ edges: [(from: Int, to: Int)]) -> [Int] {
        var sources = [[Int]](repeating: [], count: count)
        var pending = [Int](repeating: 0, count: count)
        for (from, to) in edges {
            sources[to].append(from)
            pending[from] += 1
        }
        var depths = [Int](repeating: 0, count: count)
        var ready = pending.indices.filter { pending[$0] == 0 }
        while let vertex = ready.popLast() {
            for source in sources[vertex] {
                depths[source] = max(depths[source], depths[vertex] + 1)
                pending[source] -= 1
                if pending[source] == 0 { ready.append(source) }
            }
        }
        return depths
    }

    private mutating func route(_ from: Int, _ to: Int) {
        var way = [from]
        for layer in (places[from].layer + 1)..<max(places[to].layer, places[from].layer + 1) {
            places.append(Place(x: 0, layer: layer, width: 2))
            layers[layer].append(places.count - 1)
            way.append(places.count - 1)
        }
        way.append(to)
        for (a, b) in zip(way, way.dropFirst()) {
            places[a].below.append(b)
            places[b].above.append(a)
        }
        routes.append(way)
    }

    // MARK: Order

    /// Sorts each layer by the mean position of its neighbours, downwards and upwards in turn.
    private mutating func reduceCrossings() {
        var best = layers
        var fewest = crossings()
        for sweep in 0..<12 where fewest > 0 {
            let down = sweep % 2 == 0
            for layer in down ? Array(layers.indices.dropFirst()) : layers.indices.dropLast().reversed() {
                let position = positions(in: down ? layer - 1 : layer + 1)
                let keys = layers[layer].enumerated().map { i, place in
                    let neighbours = down ? places[place].above : places[place].below
                    let mean = neighbours.isEmpty
                        ? Double(i) : Double(neighbours.map { position[$0]! }.reduce(0, +)) / Double(neighbours.count)
                    return (mean, i, place)
                }
                layers[layer] = keys.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
            }
            let count = crossings()
            if count < fewest { (best, fewest) = (layers, count) }
        }
        layers = best
    }

    private func positions(in layer: Int) -> [Int: Int] {
        Dictionary(uniqueKeysWithValues: layers[layer].enumerated().map { ($1, $0) })
    }

    /// Inversions among the edges between each two layers.
    private func crossings() -> Int {
        layers.indices.dropLast().reduce(0) { sum, layer in
            let position = positions(in: layer + 1)
            let targets = layers[layer].flatMap { places[$0].below.map { position[$0]! }.sorted() }
            var seen: [Int] = []
            var count = 0
            for target in targets {
                var low = 0, high = seen.count
                while low < high {
                    let middle = (low + high) / 2
                    if seen[middle] <= target { low = middle + 1 } else { high = middle }
                }
                count += seen.count - low
                seen.insert(target, at: low)
            }
            return sum + count
        }
    }

    // MARK: Positions

    /// Draws each place towards its neighbours, keeping order and distance.
    private mutating func assignPositions() {
        for layer in layers.indices { spread(layer, layers[layer].map { _ in 0 }) }
        for sweep in 0..<24 {
            for layer in sweep % 2 == 0 ? Array(layers.indices) : layers.indices.reversed() {
                spread(
                    layer,
                    layers[layer].map { place in
                        let neighbours = places[place].above + places[place].below
                        if neighbours.isEmpty { return places[place].x }
                        return neighbours.map { places[$0].x }.reduce(0, +) / Double(neighbours.count)
                    })
            }
        }
        let left = places.map { $0.x - $0.width / 2 }.min() ?? 0
        for i in places.indices { places[i].x -= left }
    }

    /// Puts a layer's places as near to where they want to be as the space allows: neighbours that
    /// would overlap form a block, which stands where its members want it on average.
    private mutating func spread(_ layer: Int, _ wanted: [Double]) {
        var blocks: [(sum: Double, count: Int, members: Range<Int>)] = []
        /// How far each place is from the first of the layer at the least.
        var shifts: [Double] = []
        for (i, place) in layers[layer].enumerated() {
            shifts.append(
                i == 0
                    ? 0 : shifts[i - 1] + (places[layers[layer][i - 1]].width + places[place].width) / 2 + gap)
            blocks.append((wanted[i] - shifts[i], 1, i..<(i + 1)))
            while blocks.count > 1 {
                let last = blocks[blocks.count - 1], before = blocks[blocks.count - 2]
                if last.sum / Double(last.count) >= before.sum / Double(before.count) { break }
                blocks.removeLast()
                blocks[blocks.count - 1] = (
                    before.sum + last.sum, before.count + last.count, before.members.lowerBound..<last.members.upperBound
                )
            }
        }
        for block in blocks {
            for i in block.members { places[layers[layer][i]].x = block.sum / Double(block.count) + shifts[i] }
        }
    }
}
