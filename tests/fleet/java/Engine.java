import java.io.Reader;
import java.nio.file.*;
import java.util.*;
import org.apache.lucene.analysis.*;
import org.apache.lucene.analysis.charfilter.*;
import org.apache.lucene.analysis.cjk.*;
import org.apache.lucene.analysis.core.KeywordTokenizer;
import org.apache.lucene.analysis.miscellaneous.PerFieldAnalyzerWrapper;
import org.apache.lucene.analysis.standard.*;
import org.apache.lucene.document.*;
import org.apache.lucene.index.*;
import org.apache.lucene.queryparser.classic.QueryParser;
import org.apache.lucene.search.*;
import org.apache.lucene.store.ByteBuffersDirectory;

/**
 * The classes of Lucene that OpenSearch and Elasticsearch use, put together as an index template says: cut, index, find.
 * Lines of the input: "field NAME TOKENIZER FILTERS MAPPINGS", "value ID NAME TEXT", "query FILTER TEXTS", with tabs between; of the texts of a query, the best one counts.
 */
public class Engine {
    public static void main(String[] arguments) throws Exception {
        List<String[]> lines = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(arguments[0]))) lines.add(line.split("\t", -1));
        Map<String, Analyzer> analyzers = new HashMap<>();
        for (String[] line : lines)
            if (line[0].equals("field")) analyzers.put(line[1], analyzer(line[2], line[3], line[4]));
        Analyzer words = new PerFieldAnalyzerWrapper(analyzer("keyword", "", ""), analyzers);
        ByteBuffersDirectory folder = new ByteBuffersDirectory();
        try (IndexWriter writer = new IndexWriter(folder, new IndexWriterConfig(words))) {
            Map<String, Document> documents = new LinkedHashMap<>();
            for (String[] line : lines) {
                if (!line[0].equals("value")) continue;
                Document document = documents.computeIfAbsent(line[1], id -> {
                    Document made = new Document();
                    made.add(new StoredField("_id", id));
                    return made;
                });
                document.add(new TextField(line[2], line[3], Field.Store.NO));
            }
            for (Document document : documents.values()) writer.addDocument(document);
        }
        IndexSearcher searcher = new IndexSearcher(DirectoryReader.open(folder));
        for (String[] line : lines) {
            if (!line[0].equals("query")) continue;
            QueryParser parser = new QueryParser("text", words);
            parser.setAllowLeadingWildcard(false);
            List<String> ids = new ArrayList<>();
            List<Query> scored = new ArrayList<>();
            for (String text : line[2].split("\u0003")) scored.add(parser.parse(text));
            BooleanQuery.Builder query = new BooleanQuery.Builder();
            query.add(new DisjunctionMaxQuery(scored, 0), BooleanClause.Occur.MUST);
            if (!line[1].isEmpty()) query.add(parser.parse(line[1]), BooleanClause.Occur.FILTER);
            for (ScoreDoc hit : searcher.search(query.build(), 10).scoreDocs)
                ids.add(searcher.doc(hit.doc).get("_id"));
            System.out.println(String.join(",", ids));
        }
    }

    static Analyzer analyzer(String tokenizer, String filters, String mappings) {
        NormalizeCharMap.Builder map = new NormalizeCharMap.Builder();
        for (String mapping : mappings.isEmpty() ? new String[0] : mappings.split("\u0001")) {
            String[] sides = mapping.split("\u0002", -1);
            map.add(sides[0], sides[1]);
        }
        NormalizeCharMap signs = map.build();
        return new Analyzer() {
            @Override
            protected Reader initReader(String field, Reader reader) {
                return mappings.isEmpty() ? reader : new MappingCharFilter(signs, reader);
            }

            @Override
            protected TokenStreamComponents createComponents(String field) {
                Tokenizer source = tokenizer.equals("standard") ? new StandardTokenizer() : new KeywordTokenizer();
                TokenStream stream = source;
                for (String filter : filters.isEmpty() ? new String[0] : filters.split(",")) {
                    switch (filter) {
                        case "cjk_width": stream = new CJKWidthFilter(stream); break;
                        case "lowercase": stream = new org.apache.lucene.analysis.LowerCaseFilter(stream); break;
                        case "cjk_bigram": stream = new CJKBigramFilter(stream); break;
                        default: throw new IllegalArgumentException(filter);
                    }
                }
                return new TokenStreamComponents(source, stream);
            }
        };
    }
}
