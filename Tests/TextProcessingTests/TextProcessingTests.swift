import Flambeau
import TestSupport
import Testing

/// Tokenizer, vocabulary, and a classifier of texts of different lengths.
@Suite(.serialized) struct TextProcessingTests {
    @Test func basicEnglishSplitsAsTorchtextDoes() {
        #expect(
            tokenizers.basicEnglish("Don't \"panic\"!<br />It's (only) 3.5 miles; OK: yes?")
                == ["don", "'", "t", "panic", "!", "it", "'", "s", "(", "only", ")", "3", ".", "5", "miles", "ok", "yes", "?"])
        #expect(tokenizers.whitespace(" Two  words\n") == ["Two", "words"])
        #expect(ngrams(["a", "b", "c"], 2) == ["a", "b", "c", "a b", "b c"])
    }

    @Test func vocabularyOrdersByFrequencyThenAlphabet() {
        let texts = [["b", "a", "c"], ["b", "c", "d"], ["b", "e"]]
        var vocabulary = Vocabulary(texts, specials: ["<pad>", "<unk>"])
        #expect(vocabulary.tokens == ["<pad>", "<unk>", "b", "c", "a", "d", "e"])
        #expect(vocabulary(["b", "d"]) == [2, 5] && vocabulary.lookupTokens([3, 0]) == ["c", "<pad>"])
        let strict = vocabulary
        #expect(failure { _ = strict["z"] } == "RuntimeError: Token z not found and default index is not set")
        vocabulary.defaultIndex = vocabulary["<unk>"]
        #expect(vocabulary(["z", "b"]) == [1, 2])
        #expect(Vocabulary(texts, minFreq: 2, specials: ["<unk>"], specialFirst: false).tokens == ["b", "c", "<unk>"])
        #expect(Vocabulary(texts, specials: ["<unk>"], maxTokens: 3).tokens == ["<unk>", "b", "c"])
        #expect(vocabulary.contains("a") && !vocabulary.contains("z") && vocabulary.count == 7)
    }

    private final class Classifier: nn.Module {
        let embedding: nn.Embedding
        let output = nn.Linear(16, 2)
        init(_ words: Int) { embedding = nn.Embedding(words, 16, paddingIdx: 0) }
        override func forward(_ x: Tensor) -> Tensor {
            let lengths = (x != 0).sum(dim: 1, keepdim: true)
            return output(embedding(x).sum(dim: 1) / lengths)
        }
    }

    @Test func aClassifierWithVocabularyPaddingAndEmbeddingTrains() {
        let good = ["good", "great", "fine", "lovely"], bad = ["bad", "awful", "poor", "dull"]
        let filler = ["the", "film", "was", "very", "and", "a", "plot"]
        var texts: [(String, Int)] = []
        let dice = Generator().manualSeed(0)
        for i in 0..<200 {
            let draws: [Int] = torch.randint(0, 1000, [12], generator: dice).array()
            var words = draws.prefix(3 + draws[11] % 8).map { filler[$0 % filler.count] }
            words[draws[10] % words.count] = (i % 2 == 0 ? bad : good)[draws[9] % 4]
            texts.append((words.joined(separator: " "), i % 2))
        }
        let vocabulary = Vocabulary(
            texts.map { tokenizers.basicEnglish($0.0) }, specials: ["<pad>", "<unk>"], defaultIndex: 1)
        let padding: ([(String, Int)]) -> (Tensor, Tensor) = { samples in
            let tokens = samples.map { torch.tensor(vocabulary(tokenizers.basicEnglish($0.0))) }
            return (nn.utils.rnn.padSequence(tokens, batchFirst: true), torch.tensor(samples.map(\.1)))
        }
        torch.manualSeed(0)
        let model = Classifier(vocabulary.count)
        let optimizer = optim.Adam(model.parameters(), lr: 0.05)
        let loader = DataLoader(texts, batchSize: 20, shuffle: true, numWorkers: 2, collateFn: padding)
        for _ in 0..<6 {
            for (x, y) in loader {
                optimizer.zeroGrad()
                F.crossEntropy(model(x), y).backward()
                optimizer.step()
            }
        }
        var matrix = ConfusionMatrix(numClasses: 2)
        torch.noGrad { for (x, y) in loader { matrix.update(model(x), y) } }
        #expect(matrix.total == 200 && matrix.accuracy > 0.98)
    }
}
